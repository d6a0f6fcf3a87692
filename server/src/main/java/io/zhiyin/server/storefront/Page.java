package io.zhiyin.server.storefront;

/// A file as it goes to a browser.
///
/// @param tag changes with the content; the `ETag` without its quotes
public record Page(String contentType, byte[] body, String tag) {}
