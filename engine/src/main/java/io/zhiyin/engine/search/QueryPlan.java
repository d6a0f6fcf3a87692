package io.zhiyin.engine.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/// A typed query against one state of the index: words that the shop does not have are replaced by
/// the likeliest that it has, pairs of characters that it does not have by their characters.
final class QueryPlan {
  /// What a hit in a field counts beside a better one in another.
  private static final float TIE = 0.1f;

  /// Of three terms two, of four three: where nothing has all of them.
  private static final float ENOUGH = 0.67f;

  /// A prefix stands for so many words at most.
  private static final int COMPLETIONS = 64;

  /// So many words that begin alike are looked at.
  private static final int LOOKED_AT = 10_000;

  private final List<Query> phrases = new ArrayList<>();
  private final List<Query> words = new ArrayList<>();
  private @Nullable String corrected;

  QueryPlan(TypedQuery typed, IndexReader reader, Spelling spelling) throws IOException {
    for (String phrase : typed.phrases()) {
      Query query = phrase(phrase);
      if (query != null) {
        phrases.add(query);
      }
    }
    StringBuilder text = new StringBuilder(typed.text());
    int moved = 0;
    for (SearchText.Term term : typed.terms()) {
      if (isKnown(reader, term.text())) {
        words.add(anywhere(term.text()));
      } else if (term.han()) {
        addCharacters(term.text());
      } else {
        String word = typed.text().substring(term.start(), term.end());
        String other = spelling.nearest(word, reader);
        words.add(anywhere(other == null ? term.text() : SearchText.stem(other)));
        if (other != null) {
          text.replace(term.start() + moved, term.end() + moved, other);
          moved += other.length() - word.length();
          corrected = text.toString();
        }
      }
    }
  }

  private void addCharacters(String pair) {
    pair.codePoints().forEach(point -> words.add(anywhere(Character.toString(point))));
  }

  /// The query as it is searched, where a word was corrected; else null.
  @Nullable String corrected() {
    return corrected;
  }

  /// Whether there is something looser than all words.
  boolean canLoosen() {
    return words.size() > 1;
  }

  /// Every phrase and every word.
  Query strict() {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    phrases.forEach(phrase -> all.add(phrase, Occur.MUST));
    words.forEach(word -> all.add(word, Occur.MUST));
    return all.build();
  }

  /// Every phrase and most of the words.
  Query loose() {
    BooleanQuery.Builder most = new BooleanQuery.Builder();
    words.forEach(word -> most.add(word, Occur.SHOULD));
    most.setMinimumNumberShouldMatch(Math.max(1, (int) (words.size() * ENOUGH)));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    phrases.forEach(phrase -> all.add(phrase, Occur.MUST));
    return all.add(most.build(), Occur.MUST).build();
  }

  /// Every word, and one that begins like the last; of many such words, those that most items have.
  static @Nullable Query completion(String text, IndexReader reader) throws IOException {
    List<SearchText.Term> plain = SearchText.terms(SearchText.WORDS, text);
    if (plain.isEmpty() || plain.size() > TypedQuery.MAX_TERMS) {
      return null;
    }
    SearchText.Term last = plain.getLast();
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (SearchText.Term term :
        SearchText.terms(SearchText.QUERY, text.substring(0, last.start()))) {
      all.add(anywhere(term.text()), Occur.FILTER);
    }
    all.add(new TermInSetQuery(ItemText.WORDS, frequent(last.text(), reader)), Occur.FILTER);
    return all.build();
  }

  private record Completed(BytesRef word, int items) {}

  /// The words that begin so which most items have.
  private static List<BytesRef> frequent(String prefix, IndexReader reader) throws IOException {
    Terms terms = MultiTerms.getTerms(reader, ItemText.WORDS);
    PriorityQueue<Completed> best = new PriorityQueue<>(Comparator.comparingInt(Completed::items));
    if (terms != null) {
      BytesRef begin = new BytesRef(prefix);
      TermsEnum words = terms.iterator();
      boolean more = words.seekCeil(begin) != TermsEnum.SeekStatus.END;
      for (int seen = 0; more && seen < LOOKED_AT; seen++) {
        BytesRef word = words.term();
        if (!StringHelper.startsWith(word, begin)) {
          break;
        }
        best.add(new Completed(BytesRef.deepCopyOf(word), words.docFreq()));
        if (best.size() > COMPLETIONS) {
          best.remove();
        }
        more = words.next() != null;
      }
    }
    return best.stream().map(Completed::word).toList();
  }

  private static boolean isKnown(IndexReader reader, String term) throws IOException {
    for (String field : ItemText.FIELDS.keySet()) {
      if (reader.docFreq(new Term(field, term)) > 0) {
        return true;
      }
    }
    return false;
  }

  private static Query anywhere(String term) {
    List<Query> fields = new ArrayList<>();
    for (Map.Entry<String, Float> field : ItemText.FIELDS.entrySet()) {
      fields.add(new BoostQuery(new TermQuery(new Term(field.getKey(), term)), field.getValue()));
    }
    return new DisjunctionMaxQuery(fields, TIE);
  }

  private static @Nullable Query phrase(String text) {
    List<SearchText.Term> terms = SearchText.terms(SearchText.QUERY, text);
    if (terms.isEmpty()) {
      return null;
    }
    String[] words =
        terms.stream()
            .limit(TypedQuery.MAX_TERMS)
            .map(SearchText.Term::text)
            .toArray(String[]::new);
    List<Query> fields = new ArrayList<>();
    for (Map.Entry<String, Float> field : ItemText.FIELDS.entrySet()) {
      fields.add(new BoostQuery(new PhraseQuery(field.getKey(), words), field.getValue()));
    }
    return new DisjunctionMaxQuery(fields, TIE);
  }
}
