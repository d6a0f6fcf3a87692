package io.zhiyin.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// All calls that the server answers, as data: the dispatcher walks it, and a test compares it with
/// the OpenAPI document.
///
/// @param routes earlier ones win
public record RouteTable(List<Route> routes) {
  public RouteTable {
    routes = List.copyOf(routes);
  }

  /// A route and the values of its path.
  public record Match(Route route, Map<String, String> path) {}

  /// @throws ProblemException 404 when no route has the path, 405 when none has it with the method,
  ///   400 when the path's encoding is broken
  public Match match(String method, String rawPath) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    String[] segments = PathTemplate.segments(rawPath);
    List<String> allowed = new ArrayList<>();
    for (Route route : routes) {
      if (route.path().fits(segments)) {
        Map<String, String> values = values(route, segments);
        if (route.method().name().equals(wanted)) {
          return new Match(route, values);
        }
        allowed.add(route.method().name());
      }
    }
    if (allowed.isEmpty()) {
      throw new ProblemException(Problem.Kind.NOT_FOUND, "There is no call at this path.");
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    String allow = String.join(", ", new TreeSet<>(allowed));
    throw new ProblemException(
        new Problem(
            Problem.Kind.METHOD_NOT_ALLOWED,
            "This path answers " + allow + ", not " + method + ".",
            List.of()),
        Map.of("Allow", allow));
  }

  private static Map<String, String> values(Route route, String[] segments) {
    try {
      return route.path().values(segments);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.Kind.MALFORMED_REQUEST, "The address has a broken escape: " + e.getMessage());
    }
  }
}
