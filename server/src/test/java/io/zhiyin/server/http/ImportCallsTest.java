package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files into a running shop over HTTP.
class ImportCallsTest {
  private static final Set<String> OVER = Set.of("done", "checked", "cancelled", "failed");

  @TempDir Path data;
  private LiveServer server;

  @BeforeEach
  void start() {
    server = LiveServer.start(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Reply begin(String name, long bytes, String format, String more) {
    return server.post(
        "/v1/imports",
        "{\"fileName\":\"%s\",\"bytes\":%d,\"format\":\"%s\"%s}"
            .formatted(name, bytes, format, more));
  }

  private Reply send(String id, long at, byte[] bytes) {
    return server.send(
        server
            .request("/v1/imports/" + id + "/content?at=" + at)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  /// Sends the file in two pieces and waits for the end.
  private JsonNode imported(String name, byte[] bytes, String format, String more) {
    Reply begun = begin(name, bytes.length, format, more);
    assertEquals(201, begun.status(), begun.response().body());
    String id = begun.json().path("importId").asText();
    int half = bytes.length / 2;
    assertEquals(200, send(id, 0, java.util.Arrays.copyOf(bytes, half)).status());
    assertEquals(
        200, send(id, half, java.util.Arrays.copyOfRange(bytes, half, bytes.length)).status());
    return over(id);
  }

  private JsonNode over(String id) {
    JsonNode run = server.get("/v1/imports/" + id).json();
    while (!OVER.contains(run.path("state").asText())) {
      LockSupport.parkNanos(5_000_000);
      run = server.get("/v1/imports/" + id).json();
    }
    return run;
  }

  private static byte[] lines(String... lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] mixed() {
    return lines(
        "{\"itemId\":\"a\",\"title\":\"A\",\"price\":3}",
        "{\"eventType\":\"pv\",\"eventTime\":\"2026-01-01T00:00:00Z\",\"userId\":\"u\",\"items\":[{\"itemId\":\"a\"}]}",
        "{\"eventType\":\"dance\",\"eventTime\":\"2026-01-01T00:00:00Z\",\"userId\":\"u\"}",
        "{\"eventType\":\"pv\",\"eventTime\":\"2026-01-01T00:00:01Z\",\"userId\":\"u\",\"items\":[{\"itemId\":\"a\"}]}");
  }

  @Test
  void takeWhatIsGoodAndNameWhatIsNot() throws IOException {
    JsonNode run = imported("shop.jsonl", mixed(), "jsonl", "");
    assertEquals("done", run.path("state").asText(), run.toString());
    assertEquals(2, run.path("events").asInt());
    assertEquals(1, run.path("items").asInt());
    assertEquals(1, run.path("rejected").asInt());
    JsonNode bad = run.at("/rejects/0");
    assertEquals(3, bad.path("line").asInt());
    assertEquals("eventType", bad.path("field").asText());
    assertEquals("dance", bad.path("value").asText());
    assertEquals(2, server.get("/v1/users/u/profile").json().path("eventCount").asInt());
    Path rejects = data.resolve("rejects").resolve(run.path("rejectFile").asText());
    assertTrue(Files.readString(rejects).contains("shop.jsonl\t3\teventType\tdance"));
  }

  @Test
  void changeNothingTheSecondTime() {
    imported("shop.jsonl", mixed(), "jsonl", "");
    JsonNode again = imported("shop.jsonl", mixed(), "jsonl", "");
    assertEquals(0, again.path("events").asInt());
    assertEquals(2, again.path("duplicates").asInt());
    assertEquals(1, again.path("unchanged").asInt());
    assertEquals(2, server.get("/v1/imports").json().path("imports").size());
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void readAPublishedDataSetAsItsArchive() throws IOException {
    byte[] archive =
        zip(
            "ml/README",
            "nothing to import",
            "ml/movies.csv",
            "movieId,title,genres\n7,Tea for Two,Musical|Comedy\n",
            "../../../ratings.csv",
            "userId,movieId,rating,timestamp\n1,7,4.5,1767225600\n1,7,often,1767225601\n");
    JsonNode run = imported("ml-tiny.zip", archive, "movielens", "");
    assertEquals("done", run.path("state").asText(), run.toString());
    assertEquals(1, run.path("events").asInt());
    assertEquals("ratings.csv", run.at("/rejects/0/file").asText());
    assertEquals("Tea for Two", server.get("/v1/items/7").json().path("title").asText());
    try (Stream<Path> left = Files.walk(data)) {
      List<Path> files =
          left.filter(file -> file.toString().matches(".*(ratings|movies|uploads/.*)")).toList();
      assertEquals(List.of(), files, "nothing of the archive stays, here or elsewhere");
    }
  }

  @Test
  void readTheOtherFormatsOfTheCommand() {
    byte[] ratings = lines("userId,movieId,rating,timestamp", "1,7,4.5,1767225600");
    JsonNode run = imported("ratings.csv", ratings, "movielens", "");
    assertEquals(1, run.path("events").asInt(), run.toString());
    run = imported("log.txt", lines("u1 a b c", "u2 a"), "sequences", ",\"eventType\":\"pv\"");
    assertEquals(4, run.path("events").asInt(), run.toString());
    run = imported("other.csv", ratings, "movielens", "");
    assertEquals("failed", run.path("state").asText());
    assertTrue(run.path("failure").asText().startsWith("other.csv has no u.data"), run.toString());
  }

  @Test
  void sayWhatIsWrongWithAnArchive() throws IOException {
    byte[] archive = zip("a/one.csv", "userId\n", "b/one.csv", "userId\n");
    JsonNode run = imported("two.zip", archive, "csv", "");
    assertEquals(
        "two.zip has two files named one.csv. / two.zip：里有两个文件都叫 one.csv。",
        run.path("failure").asText());
    for (int bytes : new int[] {7, archive.length / 4, archive.length - 1}) {
      run = imported("half.zip", java.util.Arrays.copyOf(archive, bytes), "csv", "");
      assertTrue(run.path("failure").asText().startsWith("half.zip is damaged"), run.toString());
    }
    run = imported("none.zip", zip(), "csv", "");
    assertTrue(run.path("failure").asText().startsWith("none.zip has no file"), run.toString());
    assertEquals(400, begin("..", 3, "csv", "").status());
  }

  @Test
  void readTablesInGbkWithColumnsOfTheirOwn() {
    byte[] table =
        "会员,货号,行为,时间\nu1,p1,购买,2026-03-01 10:00:00\nu1,p2,浏览,2026-03-01 10:05:00\n"
            .getBytes(Charset.forName("GB18030"));
    JsonNode run =
        imported("订单.csv", table, "csv", ",\"zone\":\"Asia/Shanghai\",\"map\":{\"userId\":\"会员\"}");
    assertEquals("done", run.path("state").asText(), run.toString());
    assertEquals(2, run.path("events").asInt());
    JsonNode newest = server.get("/v1/events?shopper=u1&kind=purchase-complete").json();
    assertEquals("2026-03-01T02:00:00Z", newest.at("/events/0/event/eventTime").asText());
  }

  @Test
  void applyNothingWhenOnlyChecked() {
    JsonNode run = imported("shop.jsonl", mixed(), "jsonl", ",\"checkOnly\":true");
    assertEquals("checked", run.path("state").asText());
    assertEquals(1, run.path("rejected").asInt());
    assertEquals(0, server.get("/v1/events").json().path("end").asInt());
  }

  @Test
  void sayInASentenceWhatIsWrongWithAFile() {
    JsonNode run = imported("odd.csv", lines("a,b", "1,2"), "csv", "");
    assertEquals("failed", run.path("state").asText());
    String failure = run.path("failure").asText();
    assertTrue(failure.startsWith("odd.csv "), failure);
  }

  @Test
  void takeTheBytesInTheirOrderAloneAndOneFileAtATime() {
    byte[] bytes = mixed();
    String id = begin("a.jsonl", bytes.length, "jsonl", "").json().path("importId").asText();
    assertEquals(409, send(id, 5, bytes).status());
    assertEquals(409, begin("b.jsonl", 10, "jsonl", "").status());
    assertEquals(409, send(id, 0, new byte[bytes.length + 1]).status());
    assertEquals(200, send(id, 0, java.util.Arrays.copyOf(bytes, 10)).status());
    assertEquals(200, server.post("/v1/imports/" + id + ":cancel", "").status());
    assertEquals("cancelled", over(id).path("state").asText());
    assertEquals(409, send(id, 10, new byte[1]).status());
    assertEquals(201, begin("b.jsonl", 10, "jsonl", "").status());
  }

  @Test
  void leaveNoUploadBehind() throws IOException {
    imported("shop.jsonl", mixed(), "jsonl", "");
    String cut = begin("cut.jsonl", 100, "jsonl", "").json().path("importId").asText();
    send(cut, 0, new byte[10]);
    stop();
    start();
    assertFalse(Files.exists(data.resolve("uploads")) && hasFiles(data.resolve("uploads")));
    assertEquals(
        List.of(), server.get("/v1/imports").json().path("imports").valueStream().toList());
  }

  private static boolean hasFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }

  @Test
  void areRefusedWithTheFieldThatIsWrong() {
    assertEquals(400, begin("a.xls", 10, "xls", "").status());
    assertEquals(400, begin("a.csv", 0, "csv", "").status());
    assertEquals(400, begin("a.csv", 10, "csv", ",\"zone\":\"Mars\"").status());
    assertEquals(400, begin("a.csv", 10, "csv", ",\"encoding\":\"klingon\"").status());
    assertEquals(404, server.get("/v1/imports/none").status());
  }

  @Test
  void areInTheAuditLog() {
    imported("shop.jsonl", mixed(), "jsonl", "");
    JsonNode log = server.get("/v1/audit").json().path("entries");
    while (log.isEmpty() || !log.at("/0/what").asText().equals("import-ended")) {
      LockSupport.parkNanos(5_000_000);
      log = server.get("/v1/audit").json().path("entries");
    }
    assertEquals("shop.jsonl", log.at("/0/details/file").asText());
    assertEquals("2", log.at("/0/details/events").asText());
    assertEquals("import-begun", log.at("/1/what").asText());
  }
}
