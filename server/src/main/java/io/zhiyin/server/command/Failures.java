package io.zhiyin.server.command;

import io.zhiyin.cluster.journal.DataRefusedException;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.intake.UnusableFileException;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.train.DeviceMissingException;
import io.zhiyin.learning.train.NothingToLearnException;
import io.zhiyin.learning.train.PeerLostException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into one sentence for the person at the keyboard.
public final class Failures implements IExecutionExceptionHandler {
  /// The status of a command that could not do what it was asked.
  public static final int FAILED = 1;

  /// The status of a command that was called wrongly.
  public static final int WRONG_CALL = 2;

  private final BooleanSupplier debug;

  /// @param debug whether the whole cause is wanted
  public Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  /// Says what is wrong with a call.
  public static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      String name = command.getCommandSpec().qualifiedName();
      err.println("See / 用法见: " + name + " --help");
    }
    err.flush();
    return WRONG_CALL;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println(sentence(e));
    if (debug.getAsBoolean()) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof InvalidFieldException || e instanceof WrongCallException
        ? WRONG_CALL
        : FAILED;
  }

  static String sentence(Exception e) {
    if (isDiskFull(e)) {
      return "The disk is full: make room and run the same command again; what it did so far is"
          + " kept and not done twice. / 磁盘已满：请腾出空间后重新运行同一命令；已完成的部分会保留，不会重复。";
    }
    return switch (e) {
      case UnusableFileException unusable -> message(unusable);
      case DataRefusedException refused -> message(refused);
      case WrongCallException wrong -> message(wrong);
      case ModelException model -> message(model);
      case NothingToLearnException nothing -> message(nothing);
      case PeerLostException lost -> message(lost);
      case DeviceMissingException missing -> message(missing);
      case InvalidFieldException invalid ->
          "--" + invalid.field() + " " + invalid.reason() + " (" + invalid.value() + ").";
      case NoSuchFileException missing ->
          missing.getFile() + " does not exist. / " + missing.getFile() + "：文件不存在。";
      case AccessDeniedException denied ->
          denied.getFile()
              + " may not be read or written by this user. / "
              + denied.getFile()
              + "：没有读写权限。";
      case FileSystemException other -> other.getFile() + ": " + other.getReason() + ".";
      case IOException io -> "Reading or writing failed: " + message(io);
      default -> message(e) + " (--debug shows more. / 加 --debug 查看详情。)";
    };
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static boolean isDiskFull(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
