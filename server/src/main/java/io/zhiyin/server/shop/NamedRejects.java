package io.zhiyin.server.shop;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.Reject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Hands on what an importer reads, with rejected records under the name that the file has for the
/// person who sent it.
///
/// @param names how a file is called there
/// @param heard hears of each rejected record too
record NamedRejects(Importer.Sink sink, UnaryOperator<Path> names, Consumer<Reject> heard)
    implements Importer.Sink {
  @Override
  public void event(Event event) throws IOException {
    sink.event(event);
  }

  @Override
  public void item(CatalogEvent item) throws IOException {
    sink.item(item);
  }

  @Override
  public void reject(Reject bad) throws IOException {
    Reject named =
        new Reject(names.apply(bad.file()), bad.line(), bad.field(), bad.value(), bad.reason());
    heard.accept(named);
    sink.reject(named);
  }

  @Override
  public void progress(Path file, long bytes) {
    sink.progress(file, bytes);
  }

  @Override
  public void note(String message) {
    sink.note(message);
  }
}
