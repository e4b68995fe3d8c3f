package dev.slipway.core.appjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where in the text something stands.
 *
 * @param line from 1; 0 where it is not known
 * @param column from 1
 */
record Places(int line, int column) {
  /** Deeper nesting is refused. */
  private static final int DEEPEST = 50;

  /** Reads app.json: comments and trailing commas may be there, nothing twice, nothing after. */
  static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where reading stopped. */
  static Places of(JsonProcessingException e) {
    return of(e.getLocation());
  }

  private static Places of(@org.jspecify.annotations.Nullable JsonLocation location) {
    return location == null
        ? new Places(0, 0)
        : new Places(Math.max(0, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /**
   * Where the value at this pointer begins.
   *
   * @param text JSON that has been read without a failure
   * @param pointer as in RFC 6901
   */
  static Places of(String text, String pointer) {
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean value = token.isScalarValue() || token.isStructStart();
        var context =
            token.isStructStart()
                ? parser.getParsingContext().getParent()
                : parser.getParsingContext();
        if (value && pointer.equals(context == null ? "" : context.pathAsPointer().toString())) {
          return of(parser.currentTokenLocation());
        }
      }
      return new Places(0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("reading text that was read before", e);
    }
  }

  /** Behind a message; empty where the place is not known. */
  String in(String file) {
    return line == 0
        ? " (" + file + ")"
        : " (" + file + ", line " + line + ", column " + column + ")";
  }
}
