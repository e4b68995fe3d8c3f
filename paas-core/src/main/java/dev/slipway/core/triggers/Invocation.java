package dev.slipway.core.triggers;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.output.Output;
import java.util.List;

/**
 * One handler's part of a trigger being fired.
 *
 * @param call its output is the trigger's: what is written there is the answer when the trigger is
 *     asked for a value
 */
public record Invocation(Call call, Trigger trigger, List<String> arguments) {
  public Invocation {
    arguments = List.copyOf(arguments);
  }

  /** The argument at this position (from 0), or the empty text where the caller gave fewer. */
  public String argument(int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  /**
   * @throws dev.slipway.core.error.UserError if that argument is not a name that an app can have
   */
  public AppName app(int index) {
    return AppName.parse(argument(index));
  }

  /** The arguments from this position on. */
  public List<String> from(int index) {
    return index < arguments.size() ? arguments.subList(index, arguments.size()) : List.of();
  }

  public Output out() {
    return call.out();
  }
}
