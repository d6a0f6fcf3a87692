package io.zhiyin.learning.train;

/// Which version of the program is running.
final class CodeVersion {
  private CodeVersion() {}

  /// The version in the jar, or `development` when classes are run from a build.
  static String current() {
    String version = CodeVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
