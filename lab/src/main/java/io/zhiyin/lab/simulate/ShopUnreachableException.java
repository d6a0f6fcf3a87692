package io.zhiyin.lab.simulate;

/// The shop gave no answer, or not the one that its doors promise.
public final class ShopUnreachableException extends RuntimeException {
  public ShopUnreachableException(String message) {
    super(message);
  }

  public ShopUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
