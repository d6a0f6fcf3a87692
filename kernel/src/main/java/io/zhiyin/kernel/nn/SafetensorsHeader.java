package io.zhiyin.kernel.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The header of a safetensors file: where each tensor lies, and free words about it.
record SafetensorsHeader(List<Entry> tensors, Map<String, String> metadata) {
  /// One tensor's place, from `begin` up to `end` in the data after the header.
  record Entry(String name, String dtype, int[] shape, long begin, long end) {
    /// How many bytes a tensor of this shape has; −1 when more than a long can count.
    long bytes() {
      try {
        long size = dtype.equals("F32") ? 4 : 1;
        for (int length : shape) {
          size = Math.multiplyExact(size, length);
        }
        return size;
      } catch (ArithmeticException e) {
        return -1;
      }
    }
  }

  /// A strict parser of exactly the JSON that such a header may be.
  static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    /// @throws IllegalArgumentException with what is wrong and where
    SafetensorsHeader parse() {
      if (text.charAt(0) != '{') {
        throw wrong("a '{'");
      }
      List<Entry> tensors = new ArrayList<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      Set<String> names = new HashSet<>();
      expect('{');
      if (!accept('}')) {
        do {
          String name = string();
          expect(':');
          if (name.isEmpty()) {
            throw new IllegalArgumentException("a tensor has no name");
          }
          if (!names.add(name)) {
            throw new IllegalArgumentException("the name " + name + " is there twice");
          }
          if (name.equals("__metadata__")) {
            metadata.putAll(strings());
          } else {
            tensors.add(entry(name));
          }
        } while (accept(','));
        expect('}');
      }
      skipSpace();
      if (at < text.length()) {
        throw wrong("the end");
      }
      return new SafetensorsHeader(tensors, metadata);
    }

    private Entry entry(String name) {
      String dtype = "";
      long[] shape = {};
      long[] offsets = {};
      Set<String> seen = new HashSet<>();
      expect('{');
      do {
        String key = string();
        expect(':');
        switch (key) {
          case "dtype" -> dtype = string();
          case "shape" -> shape = numbers();
          case "data_offsets" -> offsets = numbers();
          default -> throw new IllegalArgumentException("tensor " + name + " has a key " + key);
        }
        if (!seen.add(key)) {
          throw new IllegalArgumentException("tensor " + name + " has " + key + " twice");
        }
      } while (accept(','));
      expect('}');
      if (seen.size() < 3 || offsets.length != 2) {
        throw new IllegalArgumentException(
            "tensor " + name + " needs a dtype, a shape and two data_offsets");
      }
      return new Entry(name, dtype, lengths(name, shape), offsets[0], offsets[1]);
    }

    private static int[] lengths(String name, long[] shape) {
      int[] lengths = new int[shape.length];
      for (int i = 0; i < shape.length; i++) {
        if (shape[i] > Integer.MAX_VALUE) {
          throw new IllegalArgumentException("tensor " + name + " is " + shape[i] + " long");
        }
        lengths[i] = (int) shape[i];
      }
      return lengths;
    }

    private Map<String, String> strings() {
      Map<String, String> map = new LinkedHashMap<>();
      expect('{');
      if (!accept('}')) {
        do {
          String key = string();
          expect(':');
          map.put(key, string());
        } while (accept(','));
        expect('}');
      }
      return map;
    }

    private long[] numbers() {
      List<Long> numbers = new ArrayList<>();
      expect('[');
      if (!accept(']')) {
        do {
          numbers.add(number());
        } while (accept(','));
        expect(']');
      }
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private long number() {
      skipSpace();
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (from == at || at - from > 18) {
        at = from;
        throw wrong("a whole number");
      }
      return Long.parseLong(text, from, at, 10);
    }

    private String string() {
      expect('"');
      StringBuilder result = new StringBuilder();
      while (true) {
        if (at >= text.length() || text.charAt(at) < ' ') {
          throw wrong("the end of a string");
        }
        char c = text.charAt(at++);
        if (c == '"') {
          return result.toString();
        }
        result.append(c == '\\' ? escaped() : c);
      }
    }

    private char escaped() {
      char c = at < text.length() ? text.charAt(at++) : ' ';
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> unicode();
        default -> {
          at--;
          throw wrong("an escaped character");
        }
      };
    }

    private char unicode() {
      int code = 0;
      for (int i = 0; i < 4; i++) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
          throw wrong("a hexadecimal digit");
        }
        code = code * 16 + digit;
        at++;
      }
      return (char) code;
    }

    private void expect(char wanted) {
      if (!accept(wanted)) {
        throw wrong("a '" + wanted + "'");
      }
    }

    private boolean accept(char wanted) {
      skipSpace();
      if (at < text.length() && text.charAt(at) == wanted) {
        at++;
        return true;
      }
      return false;
    }

    private void skipSpace() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private IllegalArgumentException wrong(String wanted) {
      String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
      return new IllegalArgumentException(
          "expected " + wanted + " at character " + at + ", found " + found);
    }
  }
}
