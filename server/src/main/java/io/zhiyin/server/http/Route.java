package io.zhiyin.server.http;

import java.util.Set;

/// One line of the table of calls.
///
/// @param parameters the names that the query part may use; any other is refused by name
/// @param load what it costs
public record Route(
    Method method,
    PathTemplate path,
    Access access,
    Set<String> parameters,
    BodyType body,
    Load load,
    Handler handler) {
  public Route {
    parameters = Set.copyOf(parameters);
  }

  /// The same call, let in as that load is.
  public Route as(Load other) {
    return new Route(method, path, access, parameters, body, other, handler);
  }

  /// The same call with these parameters.
  public Route with(Set<String> names) {
    return new Route(method, path, access, names, body, load, handler);
  }

  /// Answers one call.
  @FunctionalInterface
  public interface Handler {
    /// @throws ProblemException to answer with a problem document
    /// @throws java.io.IOException when the disk fails; answered 503
    Answer answer(Call call) throws java.io.IOException;
  }

  public static Route get(String path, Access access, Set<String> parameters, Handler handler) {
    return new Route(
        Method.GET, new PathTemplate(path), access, parameters, BodyType.NONE, Load.FREE, handler);
  }

  public static Route post(String path, Access access, BodyType body, Handler handler) {
    return new Route(
        Method.POST, new PathTemplate(path), access, Set.of(), body, Load.FREE, handler);
  }

  public static Route put(String path, Access access, BodyType body, Handler handler) {
    return new Route(
        Method.PUT, new PathTemplate(path), access, Set.of(), body, Load.FREE, handler);
  }

  public static Route patch(String path, Access access, BodyType body, Handler handler) {
    return new Route(
        Method.PATCH, new PathTemplate(path), access, Set.of(), body, Load.FREE, handler);
  }

  public static Route delete(String path, Access access, Handler handler) {
    return new Route(
        Method.DELETE, new PathTemplate(path), access, Set.of(), BodyType.NONE, Load.FREE, handler);
  }
}
