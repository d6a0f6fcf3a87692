package io.zhiyin.lab.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.Product.Design;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Writes items and events as JSON lines, in the shapes that the shop's doors take.
final class ShopJson implements AutoCloseable {
  private final JsonGenerator json;

  ShopJson(OutputStream out) throws IOException {
    this.json = new JsonFactory().createGenerator(out);
    json.setRootValueSeparator(null);
  }

  void item(Product product, ShopLanguage language) throws IOException {
    Design design = product.design();
    Phrase title = design.title();
    Phrase description = design.description();
    json.writeStartObject();
    json.writeStringField("itemId", product.itemId());
    json.writeStringField("title", title.in(language));
    json.writeStringField("description", description.in(language));
    strings("categories", product.type().path().en());
    json.writeStringField("brand", design.brand().name().in(language));
    json.writeNumberField("price", product.price());
    json.writeStringField("currency", "CNY");
    json.writeNumberField("stock", product.stock());
    json.writeBooleanField("available", true);
    json.writeStringField("language", language.code());
    strings("imageUrls", "/images/" + product.itemId() + ".svg");
    strings("tags", design.style().name().in(language), design.feature().in(language));
    json.writeObjectFieldStart("attributes");
    json.writeStringField("title_zh", title.zh());
    json.writeStringField("title_en", title.en());
    json.writeStringField("description_zh", description.zh());
    json.writeStringField("description_en", description.en());
    json.writeStringField("category_zh", product.type().path().zh());
    json.writeStringField("brand_zh", design.brand().name().zh());
    json.writeStringField("brand_en", design.brand().name().en());
    json.writeStringField("colour", design.colour().name().in(language));
    json.writeStringField("style", design.style().id());
    json.writeEndObject();
    json.writeStringField("publishTime", product.publishTime().toString());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  void event(ShopEvent event, String eventId) throws IOException {
    json.writeStartObject();
    json.writeStringField("eventId", eventId);
    json.writeStringField("eventType", event.kind().wireName());
    json.writeStringField("eventTime", event.time().toString());
    given("userId", event.who().userId());
    given("visitorId", event.who().visitorId());
    given("sessionId", event.origin().sessionId());
    given("scenario", event.origin().scenario());
    given("recommendationId", event.origin().recommendationId());
    if (!event.lines().isEmpty()) {
      json.writeArrayFieldStart("items");
      for (Line line : event.lines()) {
        line(line);
      }
      json.writeEndArray();
    }
    given(event.kind() == EventKind.CATEGORY_PAGE_VIEW ? "category" : "query", event.query());
    Double value = event.value();
    if (value != null) {
      json.writeNumberField("value", value);
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void line(Line line) throws IOException {
    json.writeStartObject();
    json.writeStringField("itemId", line.itemId());
    if (line.quantity() > 0) {
      json.writeNumberField("quantity", line.quantity());
    }
    if (line.price() > 0) {
      json.writeNumberField("price", line.price());
    }
    if (line.position() > 0) {
      json.writeNumberField("position", line.position());
    }
    json.writeEndObject();
  }

  private void given(String field, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  private void strings(String field, String... values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
