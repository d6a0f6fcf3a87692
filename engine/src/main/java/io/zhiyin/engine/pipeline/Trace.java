package io.zhiyin.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What happened to every item in one request, so that "why this, why not that" is read off.
/// Written by one request's thread, then only read.
public final class Trace {
  private final FilteredItems filtered = new FilteredItems();
  private List<Candidate> ranked = List.of();
  private final Map<String, Long> stageNanos = new LinkedHashMap<>();
  private final List<RuleEffect> effects = new ArrayList<>();
  private final List<String> shortfalls = new ArrayList<>();

  /// Notes that the named filter took the item out.
  public void filteredBy(int item, String filter) {
    filtered.add(item, filter);
  }

  /// Notes the order after scoring, before reranking; it does not change any more.
  public void ranked(List<Candidate> order) {
    ranked = order;
  }

  public void took(String stage, long nanos) {
    stageNanos.merge(stage, nanos, Long::sum);
  }

  /// Notes what a rule did to an item.
  public void ruled(RuleEffect effect) {
    effects.add(effect);
  }

  /// Notes that a rule could not be met in full, such as `gifts: 2 of 3`.
  public void fellShort(String what) {
    shortfalls.add(what);
  }

  /// What rules did, in the order of their doing.
  public List<RuleEffect> effects() {
    return effects;
  }

  /// Rules that could not be met in full.
  public List<String> shortfalls() {
    return shortfalls;
  }

  /// What filters took out.
  public FilteredItems filtered() {
    return filtered;
  }

  /// All scored candidates, best first.
  public List<Candidate> ranked() {
    return ranked;
  }

  /// Nanoseconds by stage, in the order of their run.
  public Map<String, Long> stageNanos() {
    return stageNanos;
  }
}
