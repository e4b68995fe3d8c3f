package dev.slipway.core.model;

/** One running copy of a process type, written {@code web.1}. Indexes count from 1. */
public record Instance(ProcessType type, int index) {
  public Instance {
    if (index < 1) {
      throw new IllegalArgumentException("instances count from 1");
    }
  }

  @Override
  public String toString() {
    return type + "." + index;
  }
}
