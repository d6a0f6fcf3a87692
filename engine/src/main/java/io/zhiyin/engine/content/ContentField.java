package io.zhiyin.engine.content;

/// Where a feature of an item stands, with how much one such feature counts beside its rarity.
///
/// The order is part of the hash and so of saved models: only add at the end.
enum ContentField {
  WORD(1.0f),
  WORD_PAIR(0.5f),
  CHARACTER(0.4f),
  CHARACTER_PAIR(1.0f),
  CATEGORY(1.0f),
  BRAND(1.0f),
  TAG(1.0f),
  ATTRIBUTE(0.7f),
  PRICE_BAND(0.3f);

  private final float weight;

  ContentField(float weight) {
    this.weight = weight;
  }

  float weight() {
    return weight;
  }

  /// 64 well-mixed bits of the field and the text: FNV-1a over the characters, then SplitMix64's
  /// finaliser.
  long hash(String text) {
    long h = 0xcbf29ce484222325L ^ ordinal();
    h *= 0x100000001b3L;
    for (int i = 0; i < text.length(); i++) {
      h ^= text.charAt(i);
      h *= 0x100000001b3L;
    }
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }
}
