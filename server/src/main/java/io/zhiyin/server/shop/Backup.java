package io.zhiyin.server.shop;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One backup on the server's disk: an export, packed, with its proof beside it.
///
/// @param id the time when it was begun, as in the file's name
/// @param proof what was written; nothing where the proof is damaged
public record Backup(
    String id, Path file, Instant began, long bytes, Optional<ExportProof> proof) {}
