package io.zhiyin.server.http;

import io.zhiyin.server.config.Origins;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Calls from the pages of other origins
/// ([CORS](https://fetch.spec.whatwg.org/#http-cors-protocol)): only origins that were named, and
/// only what the role `browser` may call. Cookies are never asked for; the key comes in a header.
final class CrossOrigin {
  private static final String A_TENTH_OF_AN_HOUR = "360";

  private final Origins origins;

  CrossOrigin(Origins origins) {
    this.origins = origins;
  }

  /// Whether the route answers pages of that origin.
  boolean allows(Access access, Optional<String> origin) {
    return access == Access.BROWSER && origin.isPresent() && origins.allow(origin.get());
  }

  /// Whether it is the question that browsers ask before a call of another page.
  static boolean asks(String method, Gatekeeper.Headers header) {
    return method.equals("OPTIONS")
        && header.first("origin").isPresent()
        && header.first("access-control-request-method").isPresent();
  }

  /// The answer to that question.
  ///
  /// @throws ProblemException when the page may not make the call
  Answer preflight(RouteTable table, String rawPath, Gatekeeper.Headers header) {
    String method = header.first("access-control-request-method").orElse("");
    Optional<String> origin = header.first("origin");
    if (!allows(table.match(method, rawPath).route().access(), origin)) {
      throw new ProblemException(
          Problem.Kind.FOREIGN_ORIGIN,
          "Pages of this origin may not make this call; see 'zhiyin serve --allow-origin'.");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Methods", method);
    headers.put("Access-Control-Allow-Headers", "Content-Type, X-Api-Key, Authorization");
    headers.put("Access-Control-Max-Age", A_TENTH_OF_AN_HOUR);
    if (header.first("access-control-request-private-network").isPresent()) {
      headers.put("Access-Control-Allow-Private-Network", "true");
    }
    return opened(Answer.noContent().with(headers), Access.BROWSER, origin);
  }

  /// The answer, readable for the page where it may read it; problems too, for their reason.
  Answer opened(Answer answer, Access access, Optional<String> origin) {
    return allows(access, origin)
        ? answer.with(
            Map.of(
                "Access-Control-Allow-Origin", origin.orElseThrow(),
                "Access-Control-Expose-Headers", "Retry-After",
                "Vary", "Origin"))
        : answer;
  }
}
