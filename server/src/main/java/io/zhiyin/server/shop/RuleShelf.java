package io.zhiyin.server.shop;

import io.zhiyin.cluster.journal.DataRefusedException;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.RuleBook;
import io.zhiyin.engine.rule.RuleCheck;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.RuleVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// The rules of one shop: the version in force, compiled, and those before it on disk.
public final class RuleShelf {
  private final RuleBook book;
  private final Catalog catalog;
  private final RuleExpressions expressions;
  private final TuningCheck tunings;
  private final Clock clock;
  private final Runnable changed;
  private volatile InForce inForce = new InForce(RuleVersion.NONE, CompiledRules.NONE);

  private record InForce(RuleVersion version, CompiledRules compiled) {}

  /// @param tunings knows the scenarios that there are
  /// @param changed called when other rules are in force
  RuleShelf(
      RuleBook book,
      Catalog catalog,
      RuleExpressions expressions,
      TuningCheck tunings,
      Clock clock,
      Runnable changed) {
    this.book = book;
    this.catalog = catalog;
    this.expressions = expressions;
    this.tunings = tunings;
    this.clock = clock;
    this.changed = changed;
  }

  /// Reads the version in force from disk.
  ///
  /// @throws DataRefusedException when it is damaged: a shop must not go on without rules that may
  ///   keep something out of its lists
  synchronized void load() throws IOException {
    try {
      RuleVersion version = book.current();
      CompiledRules compiled = CompiledRules.ofShop(version.set(), expressions);
      compiled.countMatches(catalog, clock.instant());
      use(version, compiled);
    } catch (IOException e) {
      throw new DataRefusedException(String.valueOf(e.getMessage()));
    } catch (InvalidFieldException e) {
      throw new DataRefusedException(
          "The rules cannot be used: " + e.getMessage() + "; update the program");
    }
  }

  public RuleBook book() {
    return book;
  }

  public RuleExpressions expressions() {
    return expressions;
  }

  /// The version in force.
  public RuleVersion version() {
    return inForce.version();
  }

  /// The rules in force.
  public CompiledRules compiled() {
    return inForce.compiled();
  }

  /// Checks rules without saving them.
  public RuleCheck.Result check(RuleSet set) {
    return tunings.with(
        set,
        RuleCheck.check(set, expressions, catalog, tunings.scenarios().names(), clock.instant()));
  }

  /// Saves rules and puts them in force, at once for all requests. Nothing changes when the check
  /// finds errors.
  ///
  /// @param basedOn the version that they were made from
  /// @throws StaleRulesException when that is not the version in force
  public synchronized RuleCheck.Result save(RuleSet set, int basedOn, String author, String note)
      throws IOException, StaleRulesException {
    if (basedOn != version().version()) {
      throw new StaleRulesException(basedOn, version().version());
    }
    RuleCheck.Result result = check(set);
    CompiledRules compiled = result.compiled();
    if (compiled != null) {
      use(book.save(set, author, note, clock.instant()), compiled);
    }
    return result;
  }

  /// Puts the rules of an earlier version in force again, as a new version.
  ///
  /// @return the check's result; nothing when that version is not kept
  /// @throws StaleRulesException when `basedOn` is not the version in force
  public synchronized Optional<RuleCheck.Result> rollback(int to, int basedOn, String author)
      throws IOException, StaleRulesException {
    Optional<RuleVersion> earlier = book.find(to);
    return earlier.isEmpty()
        ? Optional.empty()
        : Optional.of(save(earlier.get().set(), basedOn, author, "back to version " + to));
  }

  private void use(RuleVersion version, CompiledRules compiled) {
    inForce = new InForce(version, compiled);
    changed.run();
  }
}
