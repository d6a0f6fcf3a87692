package io.zhiyin.engine.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/// Cuts text into terms, the same way for titles and for queries. One chain reads both languages:
/// words of letters lose case, accents, possessive and ending; Chinese characters give pairs, and
/// in the index single characters beside them, so that one character can be searched too.
final class SearchText {
  /// For what is indexed.
  static final Analyzer INDEX = new Chain(true, true);

  /// For what is asked: pairs of characters only, except for a lone one.
  static final Analyzer QUERY = new Chain(false, true);

  /// Whole words as they are written, for completing and correcting them.
  static final Analyzer WORDS = new Chain(true, false);

  private SearchText() {}

  /// One term of a text.
  ///
  /// @param text the term as the index has it
  /// @param start where it stands in the text, in chars
  /// @param end where it ends
  /// @param han whether it is Chinese or Japanese
  record Term(String text, int start, int end, boolean han) {}

  static List<Term> terms(Analyzer analyzer, String text) {
    List<Term> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      TypeAttribute type = stream.addAttribute(TypeAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        boolean han = !type.type().startsWith("<ALPHANUM") && !type.type().startsWith("<NUM");
        terms.add(new Term(term.toString(), offset.startOffset(), offset.endOffset(), han));
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string is always read
    }
    return terms;
  }

  /// The term that the index has for a word.
  static String stem(String word) {
    List<Term> terms = terms(QUERY, word);
    return terms.isEmpty() ? word : terms.getFirst().text();
  }

  private static final class Chain extends Analyzer {
    private final boolean characters;
    private final boolean stems;

    /// @param characters whether single characters are given beside pairs
    /// @param stems whether words lose their endings, and characters are paired at all
    Chain(boolean characters, boolean stems) {
      this.characters = characters;
      this.stems = stems;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new StandardTokenizer();
      TokenStream stream = new LowerCaseFilter(new CJKWidthFilter(source));
      stream = new ASCIIFoldingFilter(new EnglishPossessiveFilter(stream));
      if (stems) {
        int scripts =
            CJKBigramFilter.HAN
                | CJKBigramFilter.HIRAGANA
                | CJKBigramFilter.KATAKANA
                | CJKBigramFilter.HANGUL;
        stream = new PorterStemFilter(new CJKBigramFilter(stream, scripts, characters));
      }
      return new TokenStreamComponents(source, stream);
    }
  }
}
