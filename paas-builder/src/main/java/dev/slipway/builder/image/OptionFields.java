package dev.slipway.builder.image;

import java.util.ArrayList;
import java.util.List;

/** The value of an option that is a list, {@code type=bind,source=/srv}. */
public final class OptionFields {
  private OptionFields() {}

  /** As the docker client takes them apart: a comma between quotes is part of a field. */
  public static List<String> of(String value) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '"') {
        quoted = !quoted;
      } else if (each == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(each);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
