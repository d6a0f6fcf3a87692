package io.zhiyin.server.http;

/// The methods that routes answer. `HEAD` is answered as `GET` without the body.
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
