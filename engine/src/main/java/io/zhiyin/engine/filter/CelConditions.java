package io.zhiyin.engine.filter;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import io.zhiyin.engine.event.InvalidFieldException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The limits that every CEL condition has, and how what does not compile is said.
final class CelConditions {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(RequestExpressions.MAX_LENGTH)
          .maxParseRecursionDepth(50)
          .comprehensionMaxIterations(RequestExpressions.MAX_STEPS)
          .maxRegexProgramSize(1_000)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private CelConditions() {}

  /// A compiler of conditions over fields of these names and types.
  static CelCompiler compiler(SequencedMap<String, CelType> fields) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    fields.forEach(builder::addVar);
    return builder.build();
  }

  /// The fields with their types in words, such as `list of string`.
  static SequencedMap<String, String> words(SequencedMap<String, CelType> fields) {
    SequencedMap<String, String> words = new LinkedHashMap<>();
    fields.forEach((name, type) -> words.put(name, word(type)));
    return words;
  }

  private static String word(CelType type) {
    return switch (type) {
      case ListType list -> "list of " + word(list.elemType());
      case MapType map -> "map of " + word(map.keyType()) + " to " + word(map.valueType());
      default -> type.name();
    };
  }

  /// @throws InvalidFieldException of the field when it is too long or does not compile
  static Program program(CelCompiler compiler, String field, String text) {
    if (text.length() > RequestExpressions.MAX_LENGTH) {
      throw new InvalidFieldException(
          field, text, "must have at most " + RequestExpressions.MAX_LENGTH + " characters");
    }
    try {
      return RUNTIME.createProgram(compiler.compile(text).getAst());
    } catch (CelValidationException e) {
      throw new InvalidFieldException(field, text, reason(e));
    } catch (CelEvaluationException e) {
      throw new InvalidFieldException(field, text, "cannot be evaluated: " + e.getMessage());
    }
  }

  private static String reason(CelValidationException e) {
    if (e.getErrors().isEmpty()) {
      return "is not a CEL expression: " + e.getMessage();
    }
    CelIssue first = e.getErrors().getFirst();
    return "at line %d, column %d: %s"
        .formatted(
            first.getSourceLocation().getLine(),
            first.getSourceLocation().getColumn() + 1,
            first.getMessage());
  }
}
