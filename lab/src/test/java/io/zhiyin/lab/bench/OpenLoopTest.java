package io.zhiyin.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Integer> asked = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private OpenLoop loop;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.start();
    loop =
        new OpenLoop(
            server.getAddress().getPort(),
            number -> {
              asked.add(number);
              return HttpConnection.post(
                  "/" + number,
                  "text/plain",
                  ("body of " + number).getBytes(StandardCharsets.US_ASCII));
            });
  }

  @AfterEach
  void stop() {
    server.stop(0);
    workers.shutdownNow(); // who still waits at a barrier would wait for ever
  }

  private interface Answering {
    void answer(HttpExchange exchange, int number) throws IOException;
  }

  private void answer(Answering answering) {
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          answering.answer(
              exchange, Integer.parseInt(exchange.getRequestURI().getPath().substring(1)));
        });
  }

  private static void empty(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  @DisplayName("No request comes twice, in whatever ways the runs of a loop follow each other")
  void numbersGoOn() throws InterruptedException {
    answer((exchange, _) -> empty(exchange, 200));
    int answered = loop.closed(3, 0.02).good();
    answered += loop.run(500, 0.02).good();
    answered += loop.run(500, 0.02, 2).good();
    answered += loop.closed(2, 0.02).good();
    assertTrue(answered >= 20, "requests were answered: " + answered);
    List<Integer> all = IntStream.range(0, answered).boxed().toList();
    assertEquals(all, asked.stream().sorted().toList());
  }

  @Test
  @DisplayName("As many requests wait for their answers at once as there are clients")
  void together() throws InterruptedException {
    CyclicBarrier all = new CyclicBarrier(8);
    answer(
        (exchange, _) -> {
          try {
            all.await();
          } catch (BrokenBarrierException | InterruptedException e) {
            throw new IOException(e);
          }
          empty(exchange, 200);
        });
    assertEquals(16, loop.run(1_000, 0.016, 8).good());
  }

  @Test
  @DisplayName("Long answers are read to their end, and refusals counted as such")
  void answers() throws InterruptedException {
    byte[] large = new byte[300_000];
    answer(
        (exchange, number) -> {
          if (number % 2 == 0) {
            exchange.sendResponseHeaders(200, large.length);
            exchange.getResponseBody().write(large);
            exchange.close();
          } else {
            empty(exchange, 503);
          }
        });
    Answers answers = loop.run(500, 0.04, 2);
    assertEquals(10, answers.good());
    assertEquals(10, answers.count(code -> code == 503));
  }

  @Test
  @DisplayName(
      "A connection that the server ends is made anew, and what it was asked is a bad answer")
  void broken() throws InterruptedException {
    answer(
        (exchange, number) -> {
          if (number % 3 == 0) {
            exchange.close();
          } else if (number % 3 == 1) {
            exchange.getResponseHeaders().set("Connection", "close");
            empty(exchange, 200);
          } else {
            empty(exchange, 200);
          }
        });
    Answers answers = loop.run(500, 0.06, 3);
    assertEquals(20, answers.good());
    assertEquals(10, answers.bad());
    assertEquals(10, answers.count(code -> code == 0));
  }
}
