/**
 * Which commands there are and how each is parsed, built and listed in help: start with {@link\n *
 * dev.slipway.cli.catalogue.Catalogue}. Every family has a class that adds its commands here.
 */
@NullMarked
package dev.slipway.cli.catalogue;

import org.jspecify.annotations.NullMarked;
