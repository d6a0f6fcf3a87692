package io.zhiyin.learning.encode;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.zhiyin.engine.content.Script;
import io.zhiyin.engine.content.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A small BERT trained to put texts of one meaning near each other, in int8, run by ONNX Runtime:
/// the vector of the first token, made length 1, as its authors say. [C-Pack: Packed Resources For
/// General Chinese Embeddings](https://arxiv.org/abs/2309.07597)
///
/// One text at a time: int8 layers scale by what is in the batch, so in a batch a text's vector
/// would depend on its neighbours. Weights are loaded at the first text that is read, about 60 MB
/// until [#close].
final class BgeEncoder implements TextEncoder, AutoCloseable {
  /// Titles are far shorter; a longer text is read from its beginning.
  static final int MAX_TOKENS = 128;

  private static final long LOADING_STACK_BYTES = 256L << 20;

  private final String name;
  private final Script script;
  private final int size;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private volatile @Nullable Loaded loaded;

  private record Loaded(OrtEnvironment environment, OrtSession session, WordPieces pieces) {}

  /// @param name of the resources `/name.onnx` and `/name-tokenizer.json`
  /// @param size of the vectors that the model makes
  BgeEncoder(String name, Script script, int size) {
    this.name = name;
    this.script = script;
    this.size = size;
  }

  /// Whether the weights are on the class path.
  boolean isPresent() {
    return BgeEncoder.class.getResource("/" + name + ".onnx") != null
        && BgeEncoder.class.getResource("/" + name + "-tokenizer.json") != null;
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public Script script() {
    return script;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] encode(String text) {
    if (text.isBlank()) {
      return new float[size];
    }
    use.readLock().lock();
    try {
      return read(model(), text);
    } finally {
      use.readLock().unlock();
    }
  }

  private float[] read(Loaded model, String text) {
    long[] tokens = model.pieces.tokens(text, MAX_TOKENS);
    long[] seen = new long[tokens.length];
    Arrays.fill(seen, 1);
    OrtEnvironment environment = model.environment;
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {tokens});
        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {seen});
        OnnxTensor types =
            OnnxTensor.createTensor(environment, new long[][] {new long[tokens.length]});
        OrtSession.Result result =
            model.session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      // last_hidden_state [1, tokens, size]; its first row belongs to [CLS]
      return unit(((OnnxTensor) result.get(0)).getFloatBuffer());
    } catch (OrtException e) {
      throw new EncoderException(name + " could not read a text", e);
    }
  }

  private float[] unit(FloatBuffer rows) {
    float[] vector = new float[size];
    rows.get(vector);
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(Math.max(square, 1e-12)));
    for (int i = 0; i < size; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  private Loaded model() {
    Loaded model = loaded;
    return model == null ? load() : model;
  }

  private synchronized Loaded load() {
    Loaded model = loaded;
    if (model == null) {
      loaded = model = open();
    }
    return model;
  }

  /// One thread a call: callers bring the threads, and the same sums are made in the same order.
  private Loaded open() {
    try {
      return onDeepStack(this::openHere);
    } catch (IOException | OrtException e) {
      throw new EncoderException(
          "the text encoder %s cannot be loaded; it needs some 35 MB for a moment in %s, or Zhiyin is to be installed anew"
              .formatted(name, System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private Loaded openHere() throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        InputStream tokenizer = resource("/" + name + "-tokenizer.json")) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      WordPieces pieces = WordPieces.read(tokenizer);
      OrtSession session = session(environment, options);
      long[] shape =
          ((TensorInfo) session.getOutputInfo().values().iterator().next().getInfo()).getShape();
      if (shape[shape.length - 1] != size) {
        session.close();
        throw new EncoderException(
            "%s makes vectors of %d numbers instead of %d"
                .formatted(name, shape[shape.length - 1], size));
      }
      return new Loaded(environment, session, pieces);
    }
  }

  /// From a file and not from an array: to make one of 24 or 34 MB, and to hand it over, is a step
  /// in which its thread cannot stop. A collection that begins then, and all requests with it,
  /// waited for 25 to 144 ms (`docs/measurements.md`), as the thread gives way to requests.
  private OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
      throws IOException, OrtException {
    Path file = Files.createTempFile("zhiyin-" + name, ".onnx");
    try {
      try (InputStream weights = resource("/" + name + ".onnx")) {
        Files.copy(weights, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return environment.createSession(file.toString(), options);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// ONNX Runtime recurses while it starts, on some machines deeper than the stack of an ordinary
  /// thread; overflowing it there kills the process.
  private static Loaded onDeepStack(Callable<Loaded> opening) throws OrtException, IOException {
    FutureTask<Loaded> task = new FutureTask<>(opening);
    new Thread(null, task, "text-encoder-load", LOADING_STACK_BYTES).start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while loading");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OrtException cause) {
        throw cause;
      }
      if (e.getCause() instanceof EncoderException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  private static InputStream resource(String path) throws IOException {
    InputStream stream = BgeEncoder.class.getResourceAsStream(path);
    if (stream == null) {
      throw new IOException("no resource " + path);
    }
    return stream;
  }

  /// Gives the weights' memory back once nobody is reading; a later text loads them again.
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      Loaded model = loaded;
      loaded = null;
      if (model != null) {
        model.session.close();
      }
    } catch (OrtException e) {
      throw new EncoderException(name + " could not be closed", e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
