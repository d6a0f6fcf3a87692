package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.SearchRoom;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.SequenceEncoder;
import io.zhiyin.kernel.pool.Pool;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// A trained sequence model over one shop's catalogue: what a shopper did → a vector, whose inner
/// product with an item's vector is the item's logit as the next one.
///
/// Items are named by the catalogue's indices throughout. An item that came after the training has
/// a vector from its content, so it is scored like any other. Weights are immutable; any number of
/// threads may call.
public final class SequenceModel {
  /// The kind of model in `model.json`, followed by `-` and the architecture unless that is
  /// [Architecture#SASREC], the only one there was at first.
  private static final String KIND = "sequence";

  /// The tensor of [#repeats()].
  public static final String REPEATS = "repeat.weight";

  private static final int LEAST_WARM_UP_SEARCHES = 5;
  private static final int MOST_WARM_UP_SEARCHES = 50;
  private static final long WARM_UP_NANOS = 100_000_000;

  private final Path directory;
  private final ModelCard card;
  private final EventTypes types;
  private final SequenceEncoder encoder;
  private final Repeats repeats;
  private final Optional<ContentProjection> content;
  private final ItemVectors vectors;
  private final HistoryEncoder histories;

  /// Kept between searches.
  private final Pool<SearchRoom> rooms = new Pool<>(SearchRoom::new);

  SequenceModel(SequenceWeights weights, Catalog catalog) {
    directory = weights.directory;
    card = weights.card;
    types = weights.types;
    encoder = weights.encoder.withoutItems();
    repeats = weights.repeats;
    content = weights.content;
    vectors = new ItemVectors(catalog, weights.encoder.items(), weights.items, content);
    histories = new HistoryEncoder(encoder, types, vectors);
  }

  /// Loads the model of that directory for that catalogue, checking every file first.
  ///
  /// @throws ModelException when a file is missing, damaged, or of a newer format
  public static SequenceModel load(Path directory, Catalog catalog) throws IOException {
    return load(directory, catalog, TextEncoders.NONE);
  }

  /// The same with readers of text, for a model that was trained with them: the text's part of a
  /// new item's vector. A part whose reader is missing is zero.
  public static SequenceModel load(Path directory, Catalog catalog, TextEncoders encoders)
      throws IOException {
    return SequenceWeights.read(directory, encoders).over(catalog);
  }

  /// The kind of model in `model.json` for that architecture, such as `sequence-hstu`.
  public static String kind(Architecture architecture) {
    return architecture == Architecture.SASREC ? KIND : KIND + "-" + architecture.wireName();
  }

  public String id() {
    return card.id();
  }

  public ModelCard card() {
    return card;
  }

  /// What stands between the embedded events and the vector.
  public Architecture architecture() {
    return encoder.config().architecture();
  }

  /// The kinds of event that it reads.
  public EventTypes types() {
    return types;
  }

  /// What is added to the logits of items that the shopper has met. [#score], [#scoreAll] and
  /// [#topK] know no shopper and leave it out.
  public Repeats repeats() {
    return repeats;
  }

  /// Where its files lie, for what was fitted beside it, such as `blend.json`.
  public Path directory() {
    return directory;
  }

  public int embeddingSize() {
    return encoder.config().embeddingSize();
  }

  /// Has the JVM compile the search, so that the first request is not late, once, before the model
  /// takes part in requests; [SequenceWeights#warmUpPasses] is the other part.
  public void warmUp() {
    TopK best = new TopK(100);
    float[] vector = new float[embeddingSize()];
    long start = System.nanoTime();
    for (int i = 0; i < MOST_WARM_UP_SEARCHES; i++) {
      if (i >= LEAST_WARM_UP_SEARCHES && System.nanoTime() - start > WARM_UP_NANOS) {
        break; // of millions of items: what was to be compiled is
      }
      topK(vector, 100, item -> true, best);
    }
  }

  /// Whether it reads texts, so that [#readTexts] can have something to do.
  public boolean readsTexts() {
    return content.isPresent() && content.get().readsTexts();
  }

  /// Reads the texts of items that are new or changed, and completes their vectors; until then such
  /// an item has a vector from the rest of its content. Takes milliseconds a text, so it is called
  /// outside of requests, by one thread.
  ///
  /// @return how many texts were read
  public int readTexts() {
    return vectors.readTexts();
  }

  /// Puts the items together by nearness, where they are so many that it pays and that was not done
  /// or is out of date, so that a search reads the most promising groups only: seconds of the
  /// calling thread, outside of requests, which go on by reading all items meanwhile.
  ///
  /// @param samples histories of some shoppers: how much a search must read so as to find 99 % of
  ///   the best is measured on them
  /// @return what was made, in words
  public Optional<String> group(Supplier<List<History>> samples) {
    return vectors
        .group(() -> samples.get().stream().flatMap(history -> encode(history).stream()).toList())
        .map(ItemGroups::toString);
  }

  /// Saves how the items are grouped, if they are, so that a start need not do it again.
  public void saveGroups(Path file) throws IOException {
    vectors.saveGroups(file);
  }

  /// Takes up again how items were grouped, as far as they are the same still.
  ///
  /// @return whether any were taken up
  /// @throws IOException when the file is damaged or of another format
  public boolean recallGroups(Path file) throws IOException {
    return vectors.recallGroups(file);
  }

  /// The vector `[d]` of what the history leads to, or empty when it names no item that has a
  /// vector.
  public Optional<float[]> encode(History history) {
    return histories.encode(history);
  }

  /// The same, off by a few units of 1e-7, for a shopper who is likely to be asked about again:
  /// what was read of the history is kept for a while, so that only what is new need be read then,
  /// and nothing when it is the same.
  public Optional<float[]> encode(Shopper shopper, History history) {
    return histories.encode(shopper, history);
  }

  /// What the newest event of the history looks at; empty when the model has no attention weights,
  /// or reads none of the events.
  public Optional<Attention> attention(History history) {
    return histories.attention(history);
  }

  /// Drops what is kept of all shoppers, as when one of them, whose visits may have been anonymous,
  /// is erased.
  public void forgetSessions() {
    histories.forgetSessions();
  }

  /// How many items it can score now: `out` of [#scoreAll] needs that length.
  public int itemBound() {
    return vectors.snapshot().size();
  }

  /// The logit of every item as the next one, by catalogue index; negative infinity for items
  /// without a vector and for what `out` has beyond the catalogue.
  public void scoreAll(float[] vector, float[] out) {
    ItemVectors.Snapshot snapshot = vectors.snapshot();
    int n = new ExactIndex(snapshot.size(), snapshot.matrix()).scores(vector, out);
    for (int i = 0; i < n; i++) {
      if (!snapshot.has(i)) {
        out[i] = Float.NEGATIVE_INFINITY;
      }
    }
    Arrays.fill(out, n, out.length, Float.NEGATIVE_INFINITY);
  }

  /// The logit of one item, or NaN when it has no vector.
  public float score(float[] vector, int item) {
    ItemVectors.Snapshot snapshot = vectors.snapshot();
    FloatRows matrix = snapshot.matrix();
    return snapshot.has(item)
        ? Kernels.active().dot(vector, 0, matrix.block(item), matrix.at(item), vector.length)
        : Float.NaN;
  }

  /// Collects the items with the largest logits among those that `keeps` lets pass: exactly below
  /// some 50,000 items, and nearly all of them above, where vectors are searched rounded and, once
  /// [#group] was called, only where the best are likely. The logits of what is found are exact.
  ///
  /// @param best sorted on return, best first; it must hold `k`
  public void topK(float[] vector, int k, IntPredicate keeps, TopK best) {
    SearchRoom room = rooms.take();
    search(vector, k, keeps, best, room);
    rooms.giveBack(room);
  }

  /// Reads the items with the largest logits, as [#topK] finds them among all.
  ///
  /// @param read is given them sorted, best first; they are there only until it returns
  /// @return what it returns
  public int readBest(float[] vector, int k, ToIntFunction<TopK> read) {
    SearchRoom room = rooms.take();
    TopK best = room.found(k);
    search(vector, k, _ -> true, best, room);
    int result = read.applyAsInt(best);
    rooms.giveBack(room);
    return result;
  }

  private void search(float[] vector, int k, IntPredicate keeps, TopK best, SearchRoom room) {
    ItemVectors.Snapshot snapshot = vectors.snapshot();
    snapshot.index().search(vector, k, item -> snapshot.has(item) && keeps.test(item), best, room);
  }

  /// The best `k` items of each of several vectors `[count, d]`, scored together, exactly, and as
  /// many times as fast as items are read fewer times.
  public TopK[] topKOfAll(float[] vectors, int count, int k) {
    ItemVectors.Snapshot snapshot = this.vectors.snapshot();
    TopK[] best = new TopK[count];
    Arrays.setAll(best, _ -> new TopK(k));
    ExactIndex index = new ExactIndex(snapshot.size(), snapshot.matrix());
    int parts = Math.min(Runtime.getRuntime().availableProcessors(), Math.max(1, count));
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int from = (int) ((long) count * part / parts);
              int to = (int) ((long) count * (part + 1) / parts);
              index.searchAll(
                  Arrays.copyOfRange(vectors, from * embeddingSize(), to * embeddingSize()),
                  to - from,
                  k,
                  snapshot::has,
                  Arrays.copyOfRange(best, from, to));
            });
    return best;
  }

  /// The item's vector `[d]`, or empty when it has none.
  public Optional<float[]> vectorOf(int item) {
    ItemVectors.Snapshot snapshot = vectors.snapshot();
    return snapshot.has(item) ? Optional.of(snapshot.matrix().get(item)) : Optional.empty();
  }

  /// The vector `[d]` that an item's content alone gives it, as a new item has; empty when the
  /// content says nothing that the model knows.
  public Optional<float[]> contentVectorOf(Item item) {
    float[] vector = new float[embeddingSize()];
    return content
        .filter(projection -> projection.projectReading(item, vector, 0))
        .map(_ -> vector);
  }
}
