package io.zhiyin.learning.encode;

import io.zhiyin.engine.content.Script;
import io.zhiyin.engine.content.TextEncoders;
import java.nio.file.Path;
import java.util.List;

/// The pretrained text encoders that come with the program: one for English and its like, one for
/// Chinese. Where the weights are not on the class path nobody reads, and all else works.
///
/// Shared by all shops of a process; weights take memory only once a text is read.
public final class PretrainedText implements AutoCloseable {
  private final List<BgeEncoder> readers;

  private PretrainedText(List<BgeEncoder> readers) {
    this.readers = readers;
  }

  /// Those whose weights are on the class path.
  public static PretrainedText onClassPath() {
    return new PretrainedText(
        List.of(
                new BgeEncoder("bge-small-en-v1.5-q", Script.LATIN, 384),
                new BgeEncoder("bge-small-zh-v1.5-q", Script.HAN, 512))
            .stream()
            .filter(BgeEncoder::isPresent)
            .toList());
  }

  /// The encoders, which remember nothing.
  public TextEncoders encoders() {
    return new TextEncoders(readers);
  }

  /// The encoders of one shop.
  ///
  /// @param shopDirectory the shop's data directory; what was read is kept in `texts` inside
  public ShopTexts forShop(Path shopDirectory) {
    return ShopTexts.open(shopDirectory.resolve("texts"), encoders());
  }

  @Override
  public void close() {
    readers.forEach(BgeEncoder::close);
  }
}
