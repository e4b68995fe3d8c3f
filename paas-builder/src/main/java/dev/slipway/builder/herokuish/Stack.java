package dev.slipway.builder.herokuish;

/**
 * The image that an app is built and run in.
 *
 * @param name as people know it in "Building APP from NAME"
 * @param image its reference
 * @param why it was taken, for the person who pushes; empty if it was asked for
 */
record Stack(String name, String image, String why) {}
