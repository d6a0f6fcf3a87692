package io.zhiyin.learning.encode;

import io.zhiyin.engine.content.Script;
import io.zhiyin.engine.content.TextEncoder;
import java.util.Optional;

/// An encoder that reads no text twice.
record RememberingEncoder(TextEncoder reader, VectorMemory memory) implements TextEncoder {
  @Override
  public String id() {
    return reader.id();
  }

  @Override
  public Script script() {
    return reader.script();
  }

  @Override
  public int size() {
    return reader.size();
  }

  @Override
  public float[] encode(String text) {
    return text.isBlank()
        ? new float[size()]
        : memory.find(text).orElseGet(() -> memory.put(text, reader.encode(text)));
  }

  @Override
  public Optional<float[]> known(String text) {
    return memory.find(text);
  }
}
