package io.zhiyin.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.engine.event.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The vocabulary")
class VocabularyTest {
  private static List<ItemId> ids(int n) {
    return IntStream.range(0, n).mapToObj(i -> new ItemId("item-" + i)).toList();
  }

  /// Two to the power of `bits` different texts, all with the same hash.
  private static List<ItemId> ofOneHash(int bits) {
    List<ItemId> ids = new ArrayList<>();
    for (int i = 0; i < 1 << bits; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < bits; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      ids.add(new ItemId(text.toString()));
    }
    assertEquals(1, ids.stream().mapToInt(ItemId::hashCode).distinct().count());
    return ids;
  }

  private static void assertAllThere(List<ItemId> ids, Vocabulary vocabulary) {
    assertEquals(ids.size(), vocabulary.size());
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(i, vocabulary.indexOf(ids.get(i)));
      assertEquals(ids.get(i), vocabulary.idOf(i));
    }
  }

  @Test
  @DisplayName("numbers items in the order in which they are first named")
  void inOrder() {
    Vocabulary vocabulary = new Vocabulary();
    List<ItemId> ids = ids(20_000);
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(i, vocabulary.add(ids.get(i)));
      assertEquals(i / 2, vocabulary.add(ids.get(i / 2)));
    }
    assertAllThere(ids, vocabulary);
    assertEquals(Vocabulary.UNKNOWN, vocabulary.indexOf(new ItemId("another")));
    assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.idOf(ids.size()));
  }

  @Test
  @DisplayName("tells items apart whose ids have one hash, among others")
  void ofOneHash() {
    Vocabulary vocabulary = new Vocabulary();
    List<ItemId> same = ofOneHash(11);
    List<ItemId> others = ids(same.size());
    List<ItemId> all = new ArrayList<>();
    for (int i = 0; i < same.size(); i++) {
      all.add(same.get(i));
      all.add(others.get(i));
    }
    for (int i = 0; i < all.size(); i++) {
      assertEquals(Vocabulary.UNKNOWN, vocabulary.indexOf(all.get(i)));
      assertEquals(i, vocabulary.add(all.get(i)));
    }
    assertAllThere(all, vocabulary);
  }

  @Test
  @DisplayName("shows each item whole to those who read while others are added")
  void readBesideAdding() throws Exception {
    Vocabulary vocabulary = new Vocabulary();
    List<ItemId> ids = new ArrayList<>(ids(100_000));
    ids.addAll(ofOneHash(8));
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int reader = 0; reader < 2; reader++) {
        wrong.add(readers.submit(() -> wrongAnswers(vocabulary, ids)));
      }
      ids.forEach(vocabulary::add);
      for (Future<Integer> each : wrong) {
        assertEquals(0, each.get());
      }
    }
    assertAllThere(ids, vocabulary);
  }

  /// Asks for the newest items, and for those that are not there yet, until all are there.
  private static int wrongAnswers(Vocabulary vocabulary, List<ItemId> ids) {
    int wrong = 0;
    for (int size = 0; size < ids.size(); ) {
      size = vocabulary.size();
      for (int i = Math.max(0, size - 50); i < Math.min(ids.size(), size + 50); i++) {
        int index = vocabulary.indexOf(ids.get(i));
        boolean right = index == i || (index == Vocabulary.UNKNOWN && i >= size - 1);
        wrong += right ? 0 : 1;
      }
    }
    return wrong;
  }
}
