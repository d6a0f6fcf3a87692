package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.ShopWords.Persona;
import io.zhiyin.lab.simulate.Shopper.Membership;
import java.util.ArrayList;
import java.util.List;

/// Mixes shoppers from two personas each, and what is theirs alone.
final class ShopperMaker {
  private static final double MAIN_SHARE = 0.6;
  private static final double SECOND_SHARE = 0.25;
  private static final double ANYTHING_SHARE = 0.15;
  private static final int[] PEAK_HOURS = {8, 12, 12, 18, 20, 21, 21, 22};

  private final ShopWords words;
  private final long seed;

  ShopperMaker(ShopWords words, long seed) {
    this.words = words;
    this.seed = seed;
  }

  List<Shopper> make(int count) {
    List<Shopper> shoppers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shoppers.add(shopper(i, Dice.of(seed, 2, i)));
    }
    return List.copyOf(shoppers);
  }

  private Shopper shopper(int index, Dice dice) {
    Persona main = dice.pick(words.personas());
    Persona second = dice.pick(words.personas());
    double budget = 0.7 * main.budget() + 0.3 * second.budget() + 0.17 * dice.normal();
    return new Shopper(
        index,
        membership(dice),
        types(main, second, dice),
        brands(dice),
        styles(main, second, dice),
        Math.clamp(budget, 0.02, 0.98),
        Math.clamp(StrictMath.exp(0.5 + 0.75 * dice.normal()), 0.3, 14.0),
        PEAK_HOURS[dice.below(PEAK_HOURS.length)]);
  }

  private static Membership membership(Dice dice) {
    double share = dice.next();
    if (share < 0.62) {
      return Membership.MEMBER;
    }
    if (share < 0.76) {
      return Membership.FORGETFUL;
    }
    return share < 0.89 ? Membership.JOINS_LATER : Membership.ANONYMOUS;
  }

  private double[] types(Persona main, Persona second, Dice dice) {
    double[] wishes = new double[words.types().size()];
    double mainTotal = total(main.types());
    double secondTotal = total(second.types());
    double demandTotal = words.types().stream().mapToDouble(type -> type.wants().weight()).sum();
    double sum = 0;
    for (ProductType type : words.types()) {
      int t = type.index();
      double wish =
          MAIN_SHARE * main.types()[t] / mainTotal
              + SECOND_SHARE * second.types()[t] / secondTotal
              + ANYTHING_SHARE * type.wants().weight() / demandTotal;
      wishes[t] = wish * type.wants().weight() * StrictMath.exp(0.6 * dice.normal());
      sum += wishes[t];
    }
    for (int t = 0; t < wishes.length; t++) {
      wishes[t] /= sum;
    }
    return wishes;
  }

  private double[] brands(Dice dice) {
    double[] likings = new double[words.brands().size()];
    for (int b = 0; b < likings.length; b++) {
      likings[b] = 0.35 * dice.normal();
    }
    for (ProductType.Department department :
        words.types().stream().map(ProductType::department).distinct().toList()) {
      likings[dice.pick(department.brands()).index()] += 1.3;
    }
    return likings;
  }

  private double[] styles(Persona main, Persona second, Dice dice) {
    double[] likings = new double[words.styles().size()];
    for (int s = 0; s < likings.length; s++) {
      likings[s] = -0.5 + 0.3 * dice.normal();
    }
    likings[dice.pick(main.styles())] += 1.4;
    likings[dice.pick(second.styles())] += 0.6;
    return likings;
  }

  private static double total(double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    return total;
  }
}
