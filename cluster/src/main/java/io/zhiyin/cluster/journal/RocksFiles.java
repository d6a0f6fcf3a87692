package io.zhiyin.cluster.journal;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.UnreadableRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The two tables of a journal in RocksDB: offset → record, and fingerprint of an event id →
/// offset. Both change in the same synced batch, so they agree after any crash.
///
/// A record that was erased is replaced by [#ERASED], so that offsets have no holes: a hole is
/// damage. The fingerprints of erased events stay, and tell nothing of whom they were about.
final class RocksFiles implements AutoCloseable {
  /// What stands in the place of an erased record; no version of a record starts with 0.
  private static final byte[] ERASED = {0, 'e', 'r', 'a', 's', 'e', 'd'};

  private static final long BLOCK = 16 << 10;

  private final Path directory;
  private final RocksDB db;
  private final ColumnFamilyHandle log;
  private final ColumnFamilyHandle ids;
  private final List<ColumnFamilyHandle> handles;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final List<AbstractNativeReference> owned;

  private RocksFiles(
      Path directory,
      RocksDB db,
      List<ColumnFamilyHandle> handles,
      List<AbstractNativeReference> owned) {
    this.directory = directory;
    this.db = db;
    this.handles = handles;
    this.log = handles.get(1);
    this.ids = handles.get(2);
    this.owned = owned;
  }

  /// @throws DataRefusedException when the files are damaged or in use
  static RocksFiles open(Path directory) throws IOException {
    NativeRocks.load();
    Files.createDirectories(directory);
    List<AbstractNativeReference> owned = new ArrayList<>();
    ColumnFamilyOptions plain = new ColumnFamilyOptions();
    BloomFilter bloom = new BloomFilter(10, false);
    // Offsets only rise, so no file of the log overlaps another, but for what an erasure wrote:
    // compressed alike on all levels, files move down as they are and are not written anew.
    ColumnFamilyOptions logOptions =
        new ColumnFamilyOptions()
            .setCompressionType(CompressionType.ZSTD_COMPRESSION)
            .setWriteBufferSize(32L << 20)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockSize(BLOCK));
    // Most ids that are looked up are new: the filters, always in memory, say so without the disk.
    ColumnFamilyOptions idOptions =
        new ColumnFamilyOptions()
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setMemtableWholeKeyFiltering(true)
            .setMemtablePrefixBloomSizeRatio(0.1)
            .setWriteBufferSize(32L << 20)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setFilterPolicy(bloom).setWholeKeyFiltering(true));
    // A torn last record is what a crash leaves and was never acknowledged; any other damage of the
    // write-ahead log must not pass in silence.
    DBOptions options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxTotalWalSize(256L << 20)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(3);
    List<ColumnFamilyDescriptor> families =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, plain),
            new ColumnFamilyDescriptor("log".getBytes(StandardCharsets.UTF_8), logOptions),
            new ColumnFamilyDescriptor("ids".getBytes(StandardCharsets.UTF_8), idOptions));
    Collections.addAll(owned, options, idOptions, logOptions, bloom, plain);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      RocksDB db = RocksDB.open(options, directory.toString(), families, handles);
      return new RocksFiles(directory, db, handles, owned);
    } catch (RocksDBException refused) {
      owned.forEach(AbstractNativeReference::close);
      throw explained(directory, refused);
    }
  }

  private static IOException explained(Path directory, RocksDBException problem) {
    Status status = problem.getStatus();
    String message = String.valueOf(problem.getMessage());
    if (status != null
        && (status.getCode() == Status.Code.Corruption
            || status.getCode() == Status.Code.NotSupported)) {
      return new DataRefusedException(
          "The journal in "
              + directory
              + " is damaged or was written by a newer program ("
              + message
              + "): restore the data directory from a backup, or start the newer program.",
          problem);
    }
    return new IOException("The journal in " + directory + " failed: " + message, problem);
  }

  /// One more than the largest offset.
  long end() throws IOException {
    try (RocksIterator last = db.newIterator(log)) {
      last.seekToLast();
      last.status();
      return last.isValid() ? ByteBuffer.wrap(last.key()).getLong() + 1 : 0;
    } catch (RocksDBException problem) {
      throw explained(directory, problem);
    }
  }

  /// How often something was written: twice for an event, once for an erased record.
  long writes() {
    return db.getLatestSequenceNumber();
  }

  /// A record as it is on the disk, or null.
  byte @Nullable [] raw(long offset) throws IOException {
    try {
      return db.get(log, key(offset));
    } catch (RocksDBException problem) {
      throw explained(directory, problem);
    }
  }

  /// The offset of each event id's fingerprint, or -1 where it is new.
  long[] find(List<byte[]> fingerprints) throws IOException {
    try {
      List<byte[]> found =
          db.multiGetAsList(Collections.nCopies(fingerprints.size(), ids), fingerprints);
      long[] offsets = new long[found.size()];
      Arrays.setAll(
          offsets, i -> found.get(i) == null ? -1 : ByteBuffer.wrap(found.get(i)).getLong());
      return offsets;
    } catch (RocksDBException problem) {
      throw explained(directory, problem);
    }
  }

  /// Collects what one synced write puts.
  final class Batch implements AutoCloseable {
    private final WriteBatch batch = new WriteBatch();

    void put(long offset, byte[] fingerprint, byte[] record) throws IOException {
      try {
        byte[] key = key(offset);
        batch.put(log, key, record);
        batch.put(ids, fingerprint, key);
      } catch (RocksDBException problem) {
        throw explained(directory, problem);
      }
    }

    /// Writes all of it, or nothing, and returns when it is on the disk.
    void commit() throws IOException {
      try {
        db.write(synced, batch);
      } catch (RocksDBException problem) {
        throw explained(directory, problem);
      }
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  Batch batch() {
    return new Batch();
  }

  /// Hands on the events from `from` to before `end`.
  void read(long from, long end, Journal.Reader reader) throws IOException {
    try (ReadOptions options = new ReadOptions().setFillCache(false).setReadaheadSize(2 << 20);
        RocksIterator at = db.newIterator(log, options)) {
      long expected = from;
      for (at.seek(key(from)); at.isValid() && expected < end; at.next(), expected++) {
        long offset = ByteBuffer.wrap(at.key()).getLong();
        if (offset != expected) {
          throw hole(expected);
        }
        byte[] record = at.value();
        if (!Arrays.equals(record, ERASED)) {
          reader.accept(offset, decode(offset, record));
        }
      }
      at.status();
      if (expected < end) {
        throw hole(expected);
      }
    } catch (RocksDBException problem) {
      throw explained(directory, problem);
    }
  }

  private Event decode(long offset, byte[] record) throws UnreadableRecordException {
    try {
      return EventCodec.decode(record);
    } catch (UnreadableRecordException problem) {
      throw new UnreadableRecordException(
          "Journal " + directory + ", offset " + offset + ": " + problem.getMessage(), problem);
    }
  }

  private DataRefusedException hole(long offset) {
    return new DataRefusedException(
        "Journal "
            + directory
            + " has no record at offset "
            + offset
            + ": it is damaged; restore the data directory from a backup.");
  }

  /// Replaces records by nothing, on the disk and in all its older copies.
  void erase(long[] offsets) throws IOException {
    try (WriteBatch batch = new WriteBatch();
        FlushOptions flush = new FlushOptions().setWaitForFlush(true);
        CompactRangeOptions compaction =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(
                    CompactRangeOptions.BottommostLevelCompaction.kForce)) {
      for (long offset : offsets) {
        batch.put(log, key(offset), ERASED);
      }
      db.write(synced, batch);
      db.flush(flush, handles);
      if (offsets.length > 0) {
        byte[] last = key(offsets[offsets.length - 1] + 1);
        db.compactRange(log, key(offsets[0]), last, compaction);
      }
    } catch (RocksDBException problem) {
      throw explained(directory, problem);
    }
  }

  /// Writes a record as it is, for tests of damage.
  void putRaw(long offset, byte[] record) throws IOException {
    try {
      db.put(log, synced, key(offset), record);
    } catch (RocksDBException problem) {
      throw explained(directory, problem);
    }
  }

  private static byte[] key(long offset) {
    return ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
  }

  @Override
  public void close() {
    handles.forEach(ColumnFamilyHandle::close);
    db.close();
    synced.close();
    owned.forEach(AbstractNativeReference::close);
  }
}
