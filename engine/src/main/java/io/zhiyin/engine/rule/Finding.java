package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.InvalidFieldException;
import java.util.Locale;
import java.util.Map;

/// What a check found in a set of rules.
///
/// @param severity errors keep a set from being saved; warnings do not
/// @param rule which rule, counted from 0; −1 where it is about the settings of a scenario
/// @param field the field's path, such as `rules[3].when`
/// @param value what stands there, shortened
/// @param kind what was found
/// @param values what the sentence names, by the names in [Kind]'s sentences
public record Finding(
    Severity severity,
    int rule,
    String field,
    String value,
    Kind kind,
    Map<String, String> values) {
  /// How bad it is.
  public enum Severity {
    ERROR,
    WARNING
  }

  /// Everything that can be found; pages word it in their language by its code and values.
  public enum Kind {
    DUPLICATE_ID("is the id of rules[{other}] already"),
    UNKNOWN_SCENARIO("is not known; known are {known}"),
    CONDITION("{said}"),
    PLACE_TAKEN("is taken by rule '{other}' at the same time"),
    PLACE_TAKEN_FOR_SOME(
        "is taken by rule '{other}' for who belongs to both audiences; this pin moves on then"),
    PINNED_ELSEWHERE("is pinned elsewhere by rule '{other}'"),
    UNKNOWN_ITEM("is not an item that the shop knows"),
    MATCHES_NONE("holds for no item of this catalogue"),
    MATCHES_ALL("holds for every item: no list would have any"),
    TOO_FEW_MATCH("is more than the {matches} items that match"),
    PIN_TAKEN_OUT("is taken out by rule '{other}', which goes before a pin"),
    OBJECTIVE_WITHOUT_RANKER("changes nothing: the learned ranker has no say in this scenario"),
    OBJECTIVE_NOT_LEARNED(
        "changes nothing yet: the model in use has not learned what follows on a choice, so lists are made for engagement"),
    SOURCES_NOT_ASKED("change nothing: this scenario puts in order what the request gives"),
    NO_SOURCE_LEFT("none is left: lists have only what fills short ones up"),
    SOURCE_WITHOUT_WEIGHT(
        "has no weight in this scenario: what it finds is ordered by the other evidence");

    private final String english;

    Kind(String english) {
      this.english = english;
    }

    /// The name in answers, which programs may rely on, such as `matches-none`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// @param field after `rules[3].`
  static Finding of(
      Severity severity,
      int rule,
      String field,
      Object value,
      Kind kind,
      Map<String, String> values) {
    InvalidFieldException shortened =
        new InvalidFieldException("rules[" + rule + "]." + field, value, kind.english);
    return new Finding(severity, rule, shortened.field(), shortened.value(), kind, values);
  }

  /// A sentence's end, such as `holds for no item of this catalogue`.
  public String reason() {
    String sentence = kind.english;
    for (Map.Entry<String, String> value : values.entrySet()) {
      sentence = sentence.replace("{" + value.getKey() + "}", value.getValue());
    }
    return sentence;
  }
}
