package dev.slipway.builder.git;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An engine that knows image names only, for tests of what happens around a build. */
final class StubEngine {
  final Map<String, Image> images = new ConcurrentHashMap<>();

  Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> answer(method.getName(), arguments));
  }

  private Object answer(String method, Object[] arguments) {
    return switch (method) {
      case "info" -> Map.of();
      case "containers" -> List.of();
      case "images" -> List.copyOf(images.values());
      case "image" -> find(String.valueOf(arguments[0]));
      case "container" -> Optional.empty();
      case "removeImage" -> images.remove(String.valueOf(arguments[0])) != null;
      case "tag" -> {
        Image image = find(String.valueOf(arguments[0])).orElseThrow();
        yield images.put(arguments[1] + ":" + arguments[2], image);
      }
      default -> throw new IllegalStateException("not expected here: " + method);
    };
  }

  private Optional<Image> find(String reference) {
    return Optional.ofNullable(images.get(reference))
        .or(() -> images.values().stream().filter(each -> each.id().equals(reference)).findFirst());
  }

  static Image image(String id, Map<String, String> labels) {
    return new Image(
        id, List.of(), labels, List.of(), List.of(), List.of(), List.of(), "", "amd64");
  }
}
