package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.engine.docker.OptionWords.Unmapped;

/** {@code --volume} and {@code --mount} in the API's words. */
final class MountOptions {
  private MountOptions() {}

  /** {@code SOURCE:TARGET[:OPTIONS]} is passed on whole; a lone path is an anonymous volume. */
  static void volume(Draft draft, String value) throws Unmapped {
    if (value.isEmpty() || value.startsWith(".") || value.startsWith("~")) {
      throw new Unmapped(value);
    }
    if (value.contains(":")) {
      draft.hostList("Binds").add(value);
    } else {
      draft.config.withObjectProperty("Volumes").putObject(value);
    }
  }

  static void mount(Draft draft, String value) throws Unmapped {
    ObjectNode mount = EngineApi.JSON.createObjectNode().put("Type", "volume");
    if (value.contains("\"")) {
      throw new Unmapped(value);
    }
    for (String field : value.split(",", -1)) {
      int equals = field.indexOf('=');
      String key = equals < 0 ? field : field.substring(0, equals);
      apply(mount, key, equals < 0 ? "" : field.substring(equals + 1), equals >= 0);
    }
    draft.hostList("Mounts").add(mount);
  }

  private static void apply(ObjectNode mount, String key, String value, boolean given)
      throws Unmapped {
    switch (key) {
      case "type" -> mount.put("Type", value);
      case "source", "src" -> mount.put("Source", absolute(value));
      case "target", "dst", "destination" -> mount.put("Target", value);
      case "readonly", "ro" -> mount.put("ReadOnly", !given || truth(value));
      case "bind-propagation" -> mount.withObjectProperty("BindOptions").put("Propagation", value);
      case "volume-nocopy" ->
          mount.withObjectProperty("VolumeOptions").put("NoCopy", !given || truth(value));
      case "tmpfs-size" ->
          mount.withObjectProperty("TmpfsOptions").put("SizeBytes", Units.bytes(value));
      default -> throw new Unmapped(key);
    }
  }

  private static String absolute(String source) throws Unmapped {
    if (source.startsWith(".")) {
      throw new Unmapped(source);
    }
    return source;
  }

  private static boolean truth(String value) throws Unmapped {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new Unmapped(value);
    };
  }
}
