package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.kernel.nn.EventWindow;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import io.zhiyin.kernel.nn.SequenceEncoder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Kept states of shoppers")
class SessionStatesTest {
  private static final Shopper ANNA = new Shopper.User(new UserId("anna"));
  private static final Shopper BERT = new Shopper.User(new UserId("bert"));
  private static final Shopper CARA = new Shopper.User(new UserId("cara"));

  private final SequenceEncoder encoder = encoder();
  private final SessionStates states = new SessionStates(encoder, 2);

  private static float[] rising(int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = 0.1f * (i + 1);
    }
    return numbers;
  }

  private static SequenceEncoder encoder() {
    Safetensors tensors =
        new Safetensors()
            .put("item.weight", rising(6), 3, 2)
            .put("blocks.0.input.weight", rising(12), 6, 2)
            .put("blocks.0.input.bias", rising(6), 6)
            .put("blocks.0.state.weight", rising(12), 6, 2)
            .put("blocks.0.state.bias", rising(6), 6)
            .put("out.weight", rising(4), 2, 2)
            .put("out.bias", new float[2], 2)
            .put("norm.weight", rising(2), 2)
            .put("norm.bias", new float[2], 2);
    return SequenceEncoder.load(
        tensors, new SequenceConfig(Architecture.GRU4REC, 2, 1, 1, 2, 5, 0, 0));
  }

  private SessionStates.Lease use(Shopper shopper) {
    SessionStates.Lease lease = states.take(shopper);
    encoder.encode(
        encoder.newWindow().add(1, 0, 0), encoder.newWorkspace(), lease.state(), new float[2]);
    states.giveBack(shopper, lease);
    return lease;
  }

  @Test
  @DisplayName("come back to the same shopper, and only to that one")
  void comeBack() {
    SessionStates.Lease first = use(ANNA);
    SessionStates.Lease other = use(BERT);
    assertNotSame(first.state(), other.state());
    assertEquals(1, states.take(ANNA).state().length());
  }

  @Test
  @DisplayName("are never in use twice")
  void usedOnce() {
    use(ANNA);
    SessionStates.Lease first = states.take(ANNA);
    SessionStates.Lease second = states.take(ANNA);
    assertNotSame(first.state(), second.state());
    assertEquals(0, second.state().length());
    states.giveBack(ANNA, first);
    states.giveBack(ANNA, second);
    assertSame(second.state(), states.take(ANNA).state());
  }

  @Test
  @DisplayName("are as many as there is room for: the next has the room of who was away longest")
  void bounded() {
    SessionStates.Lease annas = use(ANNA);
    SessionStates.Lease berts = use(BERT);
    use(ANNA);
    assertSame(berts.state(), use(CARA).state());
    assertEquals(2, states.size());
    assertSame(annas.state(), states.take(ANNA).state());
  }

  @Test
  @DisplayName("answer for who has them now, whatever they held before")
  void reused() {
    use(ANNA);
    use(BERT);
    SessionStates.Lease lease = states.take(CARA);
    float[] resumed = new float[2];
    EventWindow window = encoder.newWindow().add(2, 0, 0).add(1, 0, 0);
    encoder.encode(window, encoder.newWorkspace(), lease.state(), resumed);
    float[] whole = new float[2];
    encoder.encode(window, encoder.newWorkspace(), whole);
    assertArrayEquals(whole, resumed, 1e-6f);
    assertEquals(2, lease.state().length());
  }

  @Test
  @DisplayName("are dropped when someone is to be forgotten, those in use at the time included")
  void forgotten() {
    use(ANNA);
    use(BERT);
    SessionStates.Lease inUse = states.take(BERT);
    states.forget();
    states.giveBack(BERT, inUse);
    assertEquals(0, states.size());
    use(ANNA);
    states.drop(ANNA);
    assertEquals(0, states.size());
  }
}
