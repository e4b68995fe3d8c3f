package dev.slipway.core.engine;

import java.util.Map;

/** The labels on containers and images that Slipway makes. Spec: 01 section 13, 03 section 10.2. */
public final class Labels {
  /** {@code key=value} labels of everything that is made. */
  public static final String SCHEMA_VERSION = "org.label-schema.schema-version=1.0";

  public static final String VENDOR = "org.label-schema.vendor=dokku";
  public static final String DOKKU = "dokku";

  public static final String APP = "com.dokku.app-name";
  public static final String IMAGE_STAGE = "com.dokku.image-stage";
  public static final String BUILDER_TYPE = "com.dokku.builder-type";

  /** The id of the installation that made it; see {@code InstallationId}. */
  public static final String INSTALLATION = "dev.slipway.installation";

  /** The build that an image came from, or that made a container. */
  public static final String BUILD = "dev.slipway.build";

  private Labels() {}

  /** Of everything that is made, as pairs. */
  public static Map<String, String> common() {
    return Map.of(
        "org.label-schema.schema-version", "1.0", "org.label-schema.vendor", "dokku", DOKKU, "");
  }

  /** {@code key=value}. */
  public static String with(String key, String value) {
    return key + "=" + value;
  }
}
