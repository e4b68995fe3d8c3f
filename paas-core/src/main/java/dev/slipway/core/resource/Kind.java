package dev.slipway.core.resource;

/** What a value is: the most that may be used, or what is set apart. */
public enum Kind {
  LIMIT("limit", "limits"),
  RESERVE("reserve", "reservation");

  private final String key;
  private final String words;

  Kind(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** As in the name of a property. */
  String key() {
    return key;
  }

  /** As in output. */
  String words() {
    return words;
  }
}
