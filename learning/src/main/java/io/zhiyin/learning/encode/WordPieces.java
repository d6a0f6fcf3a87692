package io.zhiyin.learning.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Cuts text into the word pieces that a BERT model knows: text → token numbers.
///
/// Text is cleaned, parted at spaces and punctuation (each Chinese character is a word), and each
/// word is covered greedily by the longest pieces of the vocabulary. [Google's Neural Machine
/// Translation System](https://arxiv.org/abs/1609.08144), section 4.1, as used by
/// [BERT](https://arxiv.org/abs/1810.04805).
final class WordPieces {
  private static final int MAX_WORD = 100;
  private static final String CONTINUES = "##";

  private final Map<String, Integer> vocabulary;
  private final BertText cleaning;
  private final int start;
  private final int end;
  private final int unknown;

  private WordPieces(Map<String, Integer> vocabulary, boolean lowerCase) {
    this.vocabulary = vocabulary;
    this.cleaning = new BertText(lowerCase);
    start = vocabulary.getOrDefault("[CLS]", 0);
    end = vocabulary.getOrDefault("[SEP]", 0);
    unknown = vocabulary.getOrDefault("[UNK]", 0);
  }

  /// Reads a `tokenizer.json`.
  ///
  /// @throws IOException when it is not one for BERT's word pieces
  static WordPieces read(InputStream json) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(json);
    if (!tree.at("/model/type").asText().equals("WordPiece")
        || !tree.at("/normalizer/type").asText().equals("BertNormalizer")) {
      throw new IOException("the tokenizer's file does not describe BERT's word pieces");
    }
    Map<String, Integer> vocabulary = new HashMap<>();
    tree.at("/model/vocab")
        .properties()
        .forEach(e -> vocabulary.put(e.getKey(), e.getValue().asInt()));
    for (String needed : new String[] {"[CLS]", "[SEP]", "[UNK]"}) {
      if (!vocabulary.containsKey(needed)) {
        throw new IOException("the tokenizer's file has no token " + needed);
      }
    }
    return new WordPieces(vocabulary, tree.at("/normalizer/lowercase").asBoolean());
  }

  /// `[CLS] pieces… [SEP]`, cut to `limit` tokens.
  long[] tokens(String text, int limit) {
    Tokens tokens = new Tokens(limit - 1);
    tokens.add(start);
    for (String word : cleaning.words(text, limit)) {
      if (!tokens.hasRoom()) {
        break;
      }
      cover(word, tokens);
    }
    return tokens.closed(end);
  }

  /// Adds the pieces of one word, or the unknown token when some part of it is in no piece.
  private void cover(String word, Tokens tokens) {
    int before = tokens.size;
    if (word.codePointCount(0, word.length()) > MAX_WORD) {
      tokens.add(unknown);
      return;
    }
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer piece = null;
      while (to > from) {
        String candidate = word.substring(from, to);
        piece = vocabulary.get(from == 0 ? candidate : CONTINUES + candidate);
        if (piece != null) {
          break;
        }
        to = word.offsetByCodePoints(to, -1);
      }
      if (piece == null) {
        tokens.size = before;
        tokens.add(unknown);
        return;
      }
      tokens.add(piece);
      from = to;
    }
  }

  /// A list that forgets what it has no room for; one word's pieces are at most [#MAX_WORD].
  private static final class Tokens {
    private final long[] numbers;
    private final int limit;
    private int size;

    Tokens(int limit) {
      this.limit = limit;
      numbers = new long[limit + MAX_WORD + 1];
    }

    boolean hasRoom() {
      return size < limit;
    }

    void add(int token) {
      numbers[size++] = token;
    }

    long[] closed(int end) {
      int n = Math.min(size, limit);
      long[] result = Arrays.copyOf(numbers, n + 1);
      result[n] = end;
      return result;
    }
  }
}
