package dev.slipway.core.engine.docker;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of IPv4 addresses.
 *
 * @param first the network's own address as an unsigned number
 * @param bits how many leading bits are fixed, 0 to 32
 */
record Subnet(long first, int bits) {
  private static final int CANDIDATE_BITS = 18;

  Subnet {
    if (bits < 0 || bits > 32 || first < 0 || first > 0xffffffffL) {
      throw new IllegalArgumentException("not a subnet");
    }
  }

  /** From CIDR form. */
  static Subnet parse(String cidr) {
    int slash = cidr.indexOf('/');
    String[] parts = cidr.substring(0, slash).split("\\.");
    long number = 0;
    for (String part : parts) {
      number = number << 8 | Integer.parseInt(part);
    }
    int bits = Integer.parseInt(cidr.substring(slash + 1));
    return new Subnet(bits == 0 ? 0 : number & (0xffffffffL << (32 - bits)), bits);
  }

  /** Private ranges that are seldom used by others, 16382 addresses each. */
  static List<Subnet> candidates() {
    List<Subnet> all = new ArrayList<>();
    long step = 1L << (32 - CANDIDATE_BITS);
    for (String range : List.of("10.200.0.0/13", "172.28.0.0/14", "10.128.0.0/10")) {
      Subnet whole = parse(range);
      for (long at = whole.first; at < whole.first + whole.size(); at += step) {
        all.add(new Subnet(at, CANDIDATE_BITS));
      }
    }
    return all;
  }

  long size() {
    return 1L << (32 - bits);
  }

  Subnet firstQuarter() {
    return new Subnet(first, bits + 2);
  }

  boolean overlaps(Subnet other) {
    return first < other.first + other.size() && other.first < first + size();
  }

  static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  @Override
  public String toString() {
    return text(first) + "/" + bits;
  }
}
