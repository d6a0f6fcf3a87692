package io.zhiyin.engine.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names of scenarios as small numbers. Pages send the names, so there is a bound to them.
final class Scenarios {
  static final int MAX = 64;
  static final String OTHER = "(other)";

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  int numberOf(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    return names.size() < MAX - 1 || name.equals(OTHER) ? add(name) : numberOf(OTHER);
  }

  int add(String name) {
    names.add(name);
    numbers.put(name, names.size() - 1);
    return names.size() - 1;
  }

  String name(int number) {
    return names.get(number);
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
