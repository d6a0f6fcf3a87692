package io.zhiyin.server.shop;

/// Rules were changed by somebody else meanwhile.
public final class StaleRulesException extends Exception {
  private static final long serialVersionUID = 1L;

  StaleRulesException(int basedOn, int current) {
    super(
        "The rules are at version %d, and what was sent is based on version %d. Read them again, put"
                .formatted(current, basedOn)
            + " the change on top, and send that.");
  }
}
