package dev.slipway.core.engine;

/** The fake keeps the contract. */
class MemoryEngineTest extends EngineContract {
  private final MemoryEngine engine = new MemoryEngine().withImage("sample:latest");

  @Override
  protected Engine engine() {
    return engine;
  }

  @Override
  protected String image() {
    return "sample:latest";
  }
}
