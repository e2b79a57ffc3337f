//! Whole numbers divided exactly: parts that add up to the total, by the largest remainders.

use super::random::Random;

/// Returns `total` by the share `part` of `whole`, rounded half up.
pub(super) fn scaled(total: u64, part: u64, whole: u64) -> u64 {
    (2 * total * part + whole) / (2 * whole)
}

/// Divides a total by weights: each part is its exact share rounded down, and what is left goes to the largest remainders, the
/// first of equal ones first. Where all weights are 0 the first parts get one each, round after round.
pub(super) fn divided(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u64 = weights.iter().sum();
    if weights.is_empty() {
        return Vec::new();
    }
    if sum == 0 {
        return divided(total, &vec![1; weights.len()]);
    }
    let mut parts: Vec<u64> = weights.iter().map(|weight| total * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(total * weights[*i] % sum), *i));
    let left = total - parts.iter().sum::<u64>();
    for i in order.into_iter().take(left as usize) {
        parts[i] += 1;
    }
    parts
}

/// Divides a total into so many parts that differ by up to `spread` per cent either way from their mean.
pub(super) fn uneven(total: u64, parts: usize, spread: u64, random: &mut Random) -> Vec<u64> {
    let weights: Vec<u64> = (0..parts).map(|_| random.between(100 - spread, 100 + spread)).collect();
    divided(total, &weights)
}

/// Chooses so many of a list of places, in ascending order.
pub(super) fn chosen(count: u64, places: usize, random: &mut Random) -> Vec<bool> {
    let mut order: Vec<usize> = (0..places).collect();
    random.shuffle(&mut order);
    let mut chosen = vec![false; places];
    for place in order.into_iter().take(count as usize) {
        chosen[place] = true;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_the_largest_remainders_get_more() {
        assert_eq!(divided(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(divided(7, &[50, 30, 20]), [4, 2, 1]);
        assert_eq!(divided(3, &[0, 0]), [2, 1]);
        assert_eq!(divided(3, &[]), Vec::<u64>::new());
        let mut random = Random::of(1, &[]);
        for total in [0, 1, 834, 19_280] {
            assert_eq!(uneven(total, 957, 40, &mut random).iter().sum::<u64>(), total);
        }
    }

    #[test]
    fn a_scaled_total_is_rounded_half_up() {
        assert_eq!([1, 2, 12, 957].map(|villages| scaled(834, villages, 957)), [1, 2, 10, 834]);
        assert_eq!(scaled(1, 1, 2), 1);
    }

    #[test]
    fn so_many_are_chosen() {
        let chosen = chosen(834, 957, &mut Random::of(1, &[]));
        assert_eq!(chosen.iter().filter(|chosen| **chosen).count(), 834);
    }
}
