package io.zhiyin.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.server.shop.ShopStartingException;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Every request's way: find the route, admit the caller, check the parameters, read the body, call
/// the handler; whatever fails on the way becomes a problem document.
final class Dispatcher implements Handler {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final String NO_ROUTE = "-";
  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NOT_KEPT =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  /// `gzip` among the packings that a client takes, and not with a weight of 0.
  private static final Pattern GZIP =
      Pattern.compile("(?i)(?:^|[,\\s])gzip(?!\\s*;\\s*q=0(?:\\.0*)?(?:[,\\s]|$))(?=[;,\\s]|$)");

  private final RouteTable table;
  private final Gatekeeper gate;
  private final CrossOrigin others;
  private final BodyReader bodies;
  private final Admissions admissions;
  private final AccessLog log;
  private final Meters meters;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Streams streams = new Streams();
  private volatile boolean draining;

  Dispatcher(
      RouteTable table,
      Gatekeeper gate,
      CrossOrigin others,
      BodyReader bodies,
      Admissions admissions,
      AccessLog log,
      Meters meters) {
    this.admissions = admissions;
    this.table = table;
    this.gate = gate;
    this.others = others;
    this.bodies = bodies;
    this.log = log;
    this.meters = meters;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    inFlight.incrementAndGet();
    Connection connection = Connection.current();
    connection.answers();
    try {
      String method = request.prologue().method().text();
      StringBuilder route = new StringBuilder(NO_ROUTE);
      Answer answer = answerAndSend(request, response, method, route);
      connection.rests();
      long nanos = System.nanoTime() - start;
      log.line(method, route.toString(), answer.status(), nanos / 1_000, answer.body().length);
      meters.request(route.toString(), answer.status(), nanos);
      if (request.headers().contains(HeaderNames.CONNECTION)
          && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
        // the web server says so in its answer, and then waits for the client to do it (RFC 9112,
        // 9.6)
        throw new CloseConnectionException("closed as the client wished");
      }
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private Answer answerAndSend(
      ServerRequest request, ServerResponse response, String method, StringBuilder route) {
    Runnable whenStill =
        () -> send(response, readable(request, bodies.still(), route.toString()), false);
    Answer answer;
    try {
      answer = readable(request, answer(request, method, route, whenStill), route);
    } catch (BodyReader.AnsweredException _) {
      return bodies.still();
    }
    try (Flow flow = answer.flow()) {
      if (flow == null || method.equals("HEAD")) {
        send(response, answer, method.equals("HEAD"));
      } else {
        send(response, answer, flow);
      }
    }
    return answer;
  }

  /// From now on every answer closes its connection.
  void drain() {
    draining = true;
    streams.stop();
  }

  /// How many requests are being answered.
  int inFlight() {
    return inFlight.get();
  }

  private Answer answer(
      ServerRequest request, String method, StringBuilder routeName, Runnable whenStill) {
    try {
      String rawPath = request.prologue().uriPath().rawPath();
      Gatekeeper.Headers header = headers(request);
      if (CrossOrigin.asks(method, header)) {
        return others.preflight(table, rawPath, header);
      }
      RouteTable.Match match = table.match(method, rawPath);
      Route route = match.route();
      routeName.replace(0, routeName.length(), route.path().toString());
      Caller caller =
          gate.admit(
              route.access(),
              method,
              others.allows(route.access(), header.first("origin")),
              header);
      Map<String, List<String>> parameters = parameters(request, route);
      String type = bodies.mediaType(request, route.body());
      byte[] body = bodies.read(request, whenStill);
      String known = request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("");
      String packings = request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("");
      boolean gzip = !packings.isEmpty() && GZIP.matcher(packings).find();
      return admissions.answer(
          route, new Call(caller, match.path(), parameters, type, body, known, gzip));
    } catch (ProblemException e) {
      return Answer.problem(e.problem()).with(e.headers());
    } catch (InvalidFieldException e) {
      return Answer.problem(ProblemException.invalid(e).problem());
    } catch (ShopStartingException e) {
      return Answer.problem(
              new Problem(Problem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), List.of()))
          .with(Map.of("Retry-After", "1"));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "Storage failed on " + routeName, e);
      return Answer.problem(
              new Problem(
                  Problem.Kind.UNAVAILABLE,
                  "The data could not be written or read; nothing of the call was applied. Try"
                      + " again, and look at the server's disk.",
                  List.of()))
          .with(Map.of("Retry-After", "5"));
    } catch (BodyReader.AnsweredException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Failed to answer " + routeName, e);
      return Answer.problem(
          new Problem(
              Problem.Kind.INTERNAL, "The server could not answer; its log says why.", List.of()));
    }
  }

  private static Gatekeeper.Headers headers(ServerRequest request) {
    return name -> request.headers().first(HeaderNames.createFromLowercase(name));
  }

  private Answer readable(ServerRequest request, Answer answer, CharSequence routeName) {
    Optional<String> origin = headers(request).first("origin");
    if (origin.isEmpty()) { // no other page asks
      return answer;
    }
    return table.routes().stream()
        .filter(route -> route.path().toString().contentEquals(routeName))
        .findFirst()
        .map(route -> others.opened(answer, route.access(), origin))
        .orElse(answer);
  }

  private static Map<String, List<String>> parameters(ServerRequest request, Route route) {
    if (!request.prologue().hasQuery()) {
      return Map.of();
    }
    String raw = request.prologue().query().rawValue();
    Map<String, List<String>> result = new LinkedHashMap<>();
    List<Problem.FieldError> unknown = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (route.parameters().contains(name)) {
        result.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      } else {
        unknown.add(
            Problem.FieldError.of(
                null, new InvalidFieldException(name, value, "is not a parameter of this call")));
      }
    }
    if (!unknown.isEmpty()) {
      String known = String.join(", ", route.parameters().stream().sorted().toList());
      throw new ProblemException(
          new Problem(
              Problem.Kind.UNKNOWN_PARAMETER,
              known.isEmpty() ? "This call has no parameters." : "Known parameters: " + known + ".",
              unknown),
          Map.of());
    }
    return result;
  }

  private static String decode(String raw) {
    try {
      return Percent.decode(raw, true);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.Kind.MALFORMED_REQUEST, "The address has " + e.getMessage());
    }
  }

  /// Goes on until the client leaves or the server stops; such a request is not waited for.
  private void send(ServerResponse response, Answer answer, Flow flow) {
    head(response, answer);
    inFlight.decrementAndGet();
    try (OutputStream out = response.outputStream()) {
      streams.run(flow, out);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A client left", e);
    } finally {
      inFlight.incrementAndGet();
    }
  }

  private void send(ServerResponse response, Answer answer, boolean head) {
    head(response, answer);
    if (head) {
      response.contentLength(answer.body().length);
      response.send();
    } else if (answer.body().length == 0) {
      response.send();
    } else {
      response.send(answer.body());
    }
  }

  private void head(ServerResponse response, Answer answer) {
    response.status(Status.create(answer.status()));
    if (!answer.contentType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    }
    response.header(NO_SNIFFING);
    if (!answer.headers().containsKey("Cache-Control")) {
      response.header(NOT_KEPT);
    }
    answer.headers().forEach(response::header);
    if (draining) {
      response.header(HeaderNames.CONNECTION, "close");
    }
  }
}
