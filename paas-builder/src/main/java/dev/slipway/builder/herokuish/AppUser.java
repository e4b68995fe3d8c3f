package dev.slipway.builder.herokuish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The user that owns an app inside its image and runs it there.
 *
 * @param uid the one in the image; that of the reference's stacks where the image makes the user
 *     only when it builds
 */
record AppUser(String name, int uid, int gid) {
  private static final int USUAL = 32767;

  /**
   * @param passwd the image's file of users
   */
  static AppUser of(String name, byte[] passwd) {
    return new String(passwd, ISO_8859_1)
        .lines()
        .map(line -> line.split(":", -1))
        .filter(field -> field.length > 3 && field[0].equals(name))
        .filter(field -> field[2].matches("[0-9]{1,9}") && field[3].matches("[0-9]{1,9}"))
        .findFirst()
        .map(field -> new AppUser(name, Integer.parseInt(field[2]), Integer.parseInt(field[3])))
        .orElseGet(() -> new AppUser(name, USUAL, USUAL));
  }

  /** {@code UID:GID}. */
  String ids() {
    return uid + ":" + gid;
  }
}
