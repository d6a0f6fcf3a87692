package io.zhiyin.learning.encode;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.TextEncoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// The encoders of one shop, which remember in the shop's directory what they have read: a second
/// training, or a start of the server, reads only what is new.
///
/// What is remembered can be made again at any time, so a damaged file is dropped with a line in
/// the log.
public final class ShopTexts {
  private static final System.Logger LOG = System.getLogger(ShopTexts.class.getName());

  private final Path directory;
  private final List<RememberingEncoder> remembering;
  private final TextEncoders encoders;

  private ShopTexts(Path directory, List<RememberingEncoder> remembering) {
    this.directory = directory;
    this.remembering = remembering;
    this.encoders = new TextEncoders(remembering);
  }

  /// @param directory where the files lie; made when something is saved
  static ShopTexts open(Path directory, TextEncoders readers) {
    List<RememberingEncoder> remembering =
        readers.all().stream()
            .map(r -> new RememberingEncoder(r, recalled(directory, r.id(), r.size())))
            .toList();
    return new ShopTexts(directory, remembering);
  }

  private static VectorMemory recalled(Path directory, String encoderId, int size) {
    VectorMemory memory = new VectorMemory(encoderId, size);
    Path file = file(directory, encoderId);
    if (Files.exists(file)) {
      try {
        VectorFile.read(file, memory);
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is not used ({1}); the texts are read again and the file is written anew",
            file,
            e.getMessage());
      }
    }
    return memory;
  }

  private static Path file(Path directory, String encoderId) {
    return directory.resolve(encoderId + ".vectors");
  }

  /// The encoders, to read with.
  public TextEncoders encoders() {
    return encoders;
  }

  /// How many texts are remembered.
  public int remembered() {
    return remembering.stream().mapToInt(r -> r.memory().count()).sum();
  }

  /// Saves what was read since the last time, if anything was. Texts that the catalogue no longer
  /// has are forgotten once they are the greater part.
  public synchronized void save(Catalog catalog) throws IOException {
    List<String> texts =
        IntStream.range(0, catalog.indexBound())
            .mapToObj(catalog::at)
            .filter(Objects::nonNull)
            .map((Item item) -> TextEncoders.textOf(item))
            .toList();
    for (RememberingEncoder encoder : remembering) {
      VectorMemory memory = encoder.memory();
      memory.keepMostly(texts);
      if (memory.takeChanged()) {
        try {
          VectorFile.write(memory, file(directory, memory.encoderId()));
        } catch (IOException e) {
          memory.markChanged();
          throw e;
        }
      }
    }
  }
}
