package io.zhiyin.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DoorSchemaTest {
  private final DoorSchema schema = new DoorSchema(Clock.systemUTC());

  private DoorSchema.Kind kind(String name) {
    return schema.kinds().stream().filter(kind -> kind.name().equals(name)).findAny().orElseThrow();
  }

  private static Set<String> required(List<DoorSchema.Field> fields) {
    return fields.stream()
        .filter(DoorSchema.Field::required)
        .map(DoorSchema.Field::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(List<DoorSchema.Field> fields) {
    return fields.stream().map(DoorSchema.Field::name).collect(Collectors.toSet());
  }

  @Test
  void everyKindThatAShopperCausesIsThereAndNoOther() {
    assertEquals(14, schema.kinds().size());
    assertTrue(schema.kinds().stream().noneMatch(kind -> kind.name().equals("item-put")));
  }

  @Test
  void eachKindRequiresWhatItIsAbout() {
    assertEquals(Set.of("items"), required(kind("click").fields()));
    assertEquals(Set.of("items", "value"), required(kind("rating").fields()));
    assertEquals(Set.of("query"), required(kind("search").fields()));
    assertEquals(Set.of("userId", "visitorId"), required(kind("login").fields()));
    assertEquals(Set.of(), required(kind("home-page-view").fields()));
    assertFalse(names(kind("home-page-view").fields()).contains("items"));
  }

  @Test
  void somebodyIsRequiredWhereNoneOfBothAloneIs() {
    assertEquals(List.of("userId", "visitorId"), kind("click").either());
    assertEquals(List.of(), kind("login").either());
  }

  @Test
  void otherWordsForAKindAreThere() {
    assertTrue(kind("detail-page-view").words().containsAll(List.of("pv", "viewitem", "浏览")));
  }

  @Test
  void itemsHaveTheFieldsOfTheirDocument() {
    assertEquals(ItemJson.DOCUMENT, names(schema.item()));
    assertEquals(Set.of("itemId"), required(schema.item()));
    assertEquals(EventJson.LINE, names(schema.lines()));
    assertEquals(Set.of("itemId"), required(schema.lines()));
  }

  @Test
  void whatItSaysIsTakenIsTaken() {
    for (DoorSchema.Kind kind : schema.kinds()) {
      ObjectNode event = JsonNodeFactory.instance.objectNode().put("eventType", kind.name());
      kind.fields().forEach(field -> event.set(field.name(), field.example()));
      assertEquals(
          kind.name(), EventJson.arriving(Clock.systemUTC()).read(event).kind().wireName());
    }
  }
}
