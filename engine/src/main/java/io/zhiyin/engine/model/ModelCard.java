package io.zhiyin.engine.model;

import java.util.Map;
import java.util.TreeMap;

/// What `model.json` says of the model whose directory it stands in.
///
/// @param kind which class reads the weights, such as `sequence`
/// @param parameters hyper-parameters by name
/// @param eventTypes wire names of the kinds of event, in the order of the table's rows
/// @param files every other file of the directory with its size and checksum
public record ModelCard(
    int formatVersion,
    String id,
    String kind,
    Map<String, Integer> parameters,
    java.util.List<String> eventTypes,
    Map<String, FileCheck> files,
    Lineage lineage) {
  /// What trained models are written as.
  public static final int FORMAT_VERSION = 1;

  /// What compressed models are written as, whose weights may be rounded, and the newest that this
  /// version of the program reads.
  public static final int COMPRESSED_VERSION = 2;

  /// The parameter of a compressed model that says how many bits a weight takes.
  public static final String BITS = "bits";

  public ModelCard {
    parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    eventTypes = java.util.List.copyOf(eventTypes);
    files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /// The same card for the given files.
  public ModelCard with(Map<String, FileCheck> checks) {
    return new ModelCard(formatVersion, id, kind, parameters, eventTypes, checks, lineage);
  }

  /// The same card with another lineage.
  public ModelCard with(Lineage other) {
    return new ModelCard(formatVersion, id, kind, parameters, eventTypes, files, other);
  }

  /// @throws ModelException when the card does not have that parameter
  public int parameter(String name) {
    Integer value = parameters.get(name);
    if (value == null) {
      throw new ModelException(
          "model.json of model "
              + id
              + " lacks the parameter '"
              + name
              + "'. Train a new model with './zhiyin train'.");
    }
    return value;
  }

  /// @param bytes size of the file
  /// @param crc32c checksum, eight hexadecimal digits
  public record FileCheck(long bytes, String crc32c) {}
}
