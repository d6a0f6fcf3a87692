package io.zhiyin.server.command;

import io.zhiyin.server.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/// What a call of the command line did.
record CommandRun(int status, String out, String err) {
  static CommandRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = args[i].toString();
    }
    int status =
        Main.commands(texts)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(texts);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
