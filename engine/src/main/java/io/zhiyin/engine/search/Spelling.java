package io.zhiyin.engine.search;

import java.io.IOException;
import java.util.Locale;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;
import org.jspecify.annotations.Nullable;

/// Takes a word that the shop does not have for the most like one that it has: with the same first
/// letter and one letter put in, left out, changed or swapped, two in words of six letters and
/// more.
final class Spelling {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 40;

  /// One minus the changed share of the letters.
  private static final float LEAST_LIKE = 0.65f;

  private final DirectSpellChecker checker = new DirectSpellChecker();

  Spelling() {
    checker.setMinPrefix(1);
    checker.setMaxEdits(2);
    checker.setMinQueryLength(SHORTEST);
    checker.setAccuracy(LEAST_LIKE);
    checker.setThresholdFrequency(0);
  }

  /// The likeliest word; null when none is like enough.
  @Nullable String nearest(String word, IndexReader reader) throws IOException {
    if (word.length() > LONGEST) {
      return null;
    }
    Term term = new Term(ItemText.WORDS, word.toLowerCase(Locale.ROOT));
    SuggestWord[] like =
        checker.suggestSimilar(term, 1, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX, LEAST_LIKE);
    return like.length == 0 ? null : like[0].string;
  }
}
