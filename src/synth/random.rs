//! Chance that repeats: the same seed gives the same numbers on every machine.

/// SplitMix64 (Steele, Lea, Flood 2014): 64 bits of state, no two streams alike.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// Begins the stream of a seed and of what it is for, so that no stream depends on how much another was read.
    pub(super) fn of(seed: u64, stream: &[u64]) -> Self {
        let mut random = Self(seed);
        for part in stream {
            random = Self(random.next() ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`, 0 where the bound is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        // The high bits times the bound: no division, and no bias that would show.
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// Returns a number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Returns a number from `low` to `high` as days and money are counted.
    pub(super) fn signed(&mut self, low: u64, high: u64) -> i64 {
        self.between(low, high).cast_signed()
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn chance(&mut self, per_cent: u64) -> bool {
        self.below(100) < per_cent
    }

    /// Returns a place in a list of so many.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// Returns one of a list, which is not empty.
    pub(super) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.index(list.len())]
    }

    /// Puts a list into another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.index(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_reference() {
        // The reference implementation by Sebastiano Vigna, seed 1234567.
        let mut random = Random(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn numbers_stay_within_their_bounds_and_reach_them() {
        let mut random = Random::of(1, &[2, 3]);
        let drawn: std::collections::BTreeSet<u64> = (0..1000).map(|_| random.between(4, 9)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [4, 5, 6, 7, 8, 9]);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn streams_differ_by_seed_and_by_part() {
        let first = |seed, stream: &[u64]| Random::of(seed, stream).next();
        assert_ne!(first(1, &[1]), first(2, &[1]));
        assert_ne!(first(1, &[1]), first(1, &[2]));
        assert_ne!(first(1, &[1, 2]), first(1, &[2, 1]));
    }
}
