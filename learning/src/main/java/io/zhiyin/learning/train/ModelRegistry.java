package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.engine.model.ModelFiles;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.model.SequenceWeights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The trained models of one shop: a directory each, and a file `ACTIVE` that names the one in use
/// and, below it, those that were in use before, newest first (see [Trail]).
///
/// A model's directory appears whole or not at all, and `ACTIVE` changes whole or not at all, so a
/// crash at any moment leaves what was there before.
public final class ModelRegistry {
  private static final String ACTIVE = "ACTIVE";
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

  /// What is read and written again in one go, in this process.
  private static final Object TRAILS = new Object();

  private final Path directory;

  /// @param directory `models` of a shop; made when the first model is added
  public ModelRegistry(Path directory) {
    this.directory = directory;
  }

  public Path directory() {
    return directory;
  }

  /// Fills a new directory and makes it a model of this registry under the given id.
  ///
  /// @param writer writes the model's files, ending with [ModelFiles#seal]
  public Path add(String id, Writer writer) throws IOException {
    Path target = path(id);
    Files.createDirectories(directory);
    Path work = Files.createTempDirectory(directory, ".new-");
    try {
      writer.write(work);
      sync(work);
      return Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTree.delete(work);
    }
  }

  /// Writes a model's files into an empty directory.
  @FunctionalInterface
  public interface Writer {
    void write(Path directory) throws IOException;
  }

  /// The cards of all models, oldest first. A model whose card cannot be read is left out here and
  /// refused where it is used.
  public List<ModelCard> list() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<ModelCard> cards = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isRegularFile(entry.resolve(ModelFiles.CARD))
            && !entry.getFileName().toString().startsWith(".")) {
          readable(entry).ifPresent(cards::add);
        }
      }
    }
    // times are whole seconds: of two in one second the one that knows more is the newer
    cards.sort(
        Comparator.comparing((ModelCard card) -> card.lineage().createdAt())
            .thenComparing(card -> card.lineage().lastEvent()));
    return cards;
  }

  private static Optional<ModelCard> readable(Path entry) throws IOException {
    try {
      return Optional.of(ModelFiles.card(entry));
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  /// The id of the model in use, or empty when there is none yet.
  public Optional<String> active() throws IOException {
    return trail().active();
  }

  private Trail trail() throws IOException {
    return Trail.read(directory.resolve(ACTIVE));
  }

  /// Puts a model to use, after checking all of its files.
  ///
  /// @throws ModelException when there is no such model, or it is damaged or of a newer format
  public ModelCard activate(String id) throws IOException {
    Path model = path(id);
    if (!Files.isDirectory(model)) {
      throw new ModelException(
          "There is no model '%s'; there are %s. Choose one of them or train one with './zhiyin train'."
              .formatted(id, list().stream().map(ModelCard::id).toList()));
    }
    ModelCard card = ModelFiles.verified(model);
    synchronized (TRAILS) {
      save(trailOrNone().to(id));
    }
    return card;
  }

  /// The model that was in use before the one that is.
  ///
  /// @throws ModelException when there is none
  public String before() throws IOException {
    Optional<String> before = trail().back().active();
    if (before.isEmpty()) {
      throw new ModelException(
          "There is no model to go back to: none was in use before. Choose one of %s with './zhiyin models activate'."
              .formatted(list().stream().map(ModelCard::id).toList()));
    }
    return before.get();
  }

  /// Puts the model to use that was in use before, after checking all of its files. Done again, it
  /// goes further back.
  ///
  /// @throws ModelException when there was none, or it is damaged or of a newer format
  public ModelCard rollback() throws IOException {
    synchronized (TRAILS) {
      ModelCard card = ModelFiles.verified(path(before()));
      save(trail().back());
      return card;
    }
  }

  /// A damaged trail is no reason to refuse another model.
  private Trail trailOrNone() throws IOException {
    try {
      return trail();
    } catch (ModelException e) {
      return Trail.NONE;
    }
  }

  private void save(Trail trail) throws IOException {
    Path next = Files.createTempFile(directory, ".active-", "");
    Files.writeString(next, trail.text());
    syncFile(next);
    Files.move(
        next,
        directory.resolve(ACTIVE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Loads the model in use for that catalogue, or nothing when no model was ever activated.
  ///
  /// @throws ModelException when it is missing, damaged or of a newer format
  public Optional<SequenceModel> loadActive(Catalog catalog) throws IOException {
    return loadActive(catalog, TextEncoders.NONE);
  }

  /// The same with readers of text, for models that were trained with them.
  public Optional<SequenceModel> loadActive(Catalog catalog, TextEncoders encoders)
      throws IOException {
    return readActive(encoders).map(weights -> weights.over(catalog));
  }

  /// Reads the model in use, for a catalogue that need not be there yet.
  ///
  /// @throws ModelException when it is missing, damaged or of a newer format
  public Optional<SequenceWeights> readActive(TextEncoders encoders) throws IOException {
    Optional<String> id = active();
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(SequenceWeights.read(path(id.get()), encoders));
  }

  /// Where the model of that id lies.
  ///
  /// @throws ModelException when the text cannot be an id
  public Path path(String id) {
    if (!ID.matcher(id).matches()) {
      throw new ModelException(
          "'" + id + "' cannot be the id of a model: ids have a-z, 0-9 and '-' only.");
    }
    return directory.resolve(id);
  }

  private static void sync(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.toList()) {
        syncFile(file);
      }
    }
  }

  private static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
