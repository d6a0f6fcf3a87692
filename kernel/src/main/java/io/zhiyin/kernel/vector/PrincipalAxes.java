package io.zhiyin.kernel.vector;

/// Vectors seen from the side on which they differ most: their first principal components, by power
/// iteration on the covariance ([Hotelling 1933](https://doi.org/10.1037/h0071325)). For pictures
/// of thousands of vectors; the same input gives the same picture.
///
/// @param coordinates `[n, axes]`, row-major
/// @param shares `[axes]`: the part of all variance that each axis has, 0 to 1, not rising
public record PrincipalAxes(float[] coordinates, double[] shares) {
  private static final int ITERATIONS = 300;

  /// @param rows `[n, d]`, row-major; left as they are
  public static PrincipalAxes of(float[] rows, int n, int d, int axes) {
    double[] mean = mean(rows, n, d);
    double[][] covariance = covariance(rows, mean, n, d);
    double total = 0;
    for (int i = 0; i < d; i++) {
      total += covariance[i][i];
    }
    float[] coordinates = new float[n * axes];
    double[] shares = new double[axes];
    for (int axis = 0; axis < axes; axis++) {
      double[] direction = new double[d];
      double variance = largest(covariance, direction);
      shares[axis] = total > 0 ? variance / total : 0;
      deflate(covariance, direction, variance);
      for (int row = 0; row < n; row++) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
          sum += (rows[row * d + i] - mean[i]) * direction[i];
        }
        coordinates[row * axes + axis] = (float) sum;
      }
    }
    return new PrincipalAxes(coordinates, shares);
  }

  private static double[] mean(float[] rows, int n, int d) {
    double[] mean = new double[d];
    for (int row = 0; row < n; row++) {
      for (int i = 0; i < d; i++) {
        mean[i] += rows[row * d + i] / (double) n;
      }
    }
    return mean;
  }

  private static double[][] covariance(float[] rows, double[] mean, int n, int d) {
    double[][] covariance = new double[d][d];
    double[] centred = new double[d];
    for (int row = 0; row < n; row++) {
      for (int i = 0; i < d; i++) {
        centred[i] = rows[row * d + i] - mean[i];
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] += centred[i] * centred[j] / n;
        }
      }
    }
    return covariance;
  }

  /// Finds the direction of the largest variance, its strongest component positive.
  ///
  /// @return the variance along it
  private static double largest(double[][] covariance, double[] direction) {
    int d = direction.length;
    int widest = 0;
    for (int i = 0; i < d; i++) {
      widest = covariance[i][i] > covariance[widest][widest] ? i : widest;
    }
    System.arraycopy(covariance[widest], 0, direction, 0, d);
    double length = normalise(direction);
    for (int step = 0; step < ITERATIONS && length > 0; step++) {
      double[] next = times(covariance, direction);
      length = normalise(next);
      System.arraycopy(next, 0, direction, 0, d);
    }
    int strongest = 0;
    for (int i = 0; i < d; i++) {
      strongest = Math.abs(direction[i]) > Math.abs(direction[strongest]) ? i : strongest;
    }
    if (direction[strongest] < 0) {
      for (int i = 0; i < d; i++) {
        direction[i] = -direction[i];
      }
    }
    return length;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double normalise(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    double length = Math.sqrt(sum);
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] /= length;
    }
    return length;
  }

  private static void deflate(double[][] covariance, double[] direction, double variance) {
    for (int i = 0; i < direction.length; i++) {
      for (int j = 0; j < direction.length; j++) {
        covariance[i][j] -= variance * direction[i] * direction[j];
      }
    }
  }
}
