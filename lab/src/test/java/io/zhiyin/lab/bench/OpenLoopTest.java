package io.zhiyin.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  @Test
  @DisplayName("No request comes twice, in whatever ways the runs of a loop follow each other")
  void numbersGoOn() throws IOException, InterruptedException {
    Queue<Integer> asked = new ConcurrentLinkedQueue<>();
    int answered = 0;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(workers);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      OpenLoop loop =
          new OpenLoop(
              server.getAddress().getPort(),
              number -> {
                asked.add(number);
                return HttpConnection.get("/" + number);
              });
      answered += loop.closed(3, 0.02).good();
      answered += loop.run(500, 0.02).good();
      answered += loop.run(500, 0.02, 2).good();
      answered += loop.closed(2, 0.02).good();
    } finally {
      server.stop(0);
    }
    assertTrue(answered >= 22, "requests were answered: " + answered);
    List<Integer> all = IntStream.range(0, answered).boxed().toList();
    assertEquals(all, asked.stream().sorted().toList());
  }
}
