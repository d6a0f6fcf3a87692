package io.zhiyin.kernel.nn;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What stands between the embedded events and the vector that they lead to.
public enum Architecture {
  /// A recurrent network: one state, carried from event to event.
  GRU4REC("gru4rec"),
  /// A causal transformer.
  SASREC("sasrec"),
  /// Gated attention without softmax that knows how long ago each event was.
  HSTU("hstu");

  private final String wireName;

  Architecture(String wireName) {
    this.wireName = wireName;
  }

  /// As files and commands name it, such as `sasrec`.
  public String wireName() {
    return wireName;
  }

  /// @throws IllegalArgumentException when none is named so
  public static Architecture of(String name) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.wireName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no architecture is named '%s'; known are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Architecture::wireName)
                                .collect(Collectors.joining(", ")))));
  }
}
