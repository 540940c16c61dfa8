/** A city where people click. `hours`: the usual distance of its clocks from UTC. `hidden`: the sender withholds the ip. */
export type Place = {
  weight: number;
  continent: string;
  country: string;
  region: string;
  city: string;
  hours: number;
  hidden: boolean;
};

function place(
  weight: number,
  continent: string,
  country: string,
  region: string,
  city: string,
  hours: number,
  hidden = false,
): Place {
  return { weight, continent, country, region, city, hours, hidden };
}

export const PLACES: readonly Place[] = [
  place(14, "NA", "US", "NY", "New York", -5),
  place(9, "NA", "US", "CA", "San Francisco", -8),
  place(6, "NA", "US", "CA", "Los Angeles", -8),
  place(4, "NA", "US", "IL", "Chicago", -6),
  place(3, "NA", "US", "IL", "Springfield", -6),
  place(2, "NA", "US", "MO", "Springfield", -6),
  place(3, "NA", "US", "TX", "Austin", -6),
  place(4, "NA", "CA", "ON", "Toronto", -5),
  place(2, "NA", "MX", "CMX", "Mexico City", -6),
  place(11, "EU", "DE", "BE", "Berlin", 1, true),
  place(6, "EU", "DE", "BY", "Munich", 1, true),
  place(3, "EU", "DE", "HH", "Hamburg", 1, true),
  place(9, "EU", "GB", "ENG", "London", 0),
  place(2, "EU", "GB", "SCT", "Edinburgh", 0),
  place(6, "EU", "FR", "IDF", "Paris", 1, true),
  place(4, "EU", "NL", "NH", "Amsterdam", 1, true),
  place(3, "EU", "ES", "MD", "Madrid", 1, true),
  place(3, "EU", "IT", "MI", "Milan", 1, true),
  place(2, "EU", "PL", "14", "Warsaw", 1, true),
  place(2, "EU", "SE", "AB", "Stockholm", 1, true),
  place(2, "EU", "CH", "ZH", "Zurich", 1),
  place(7, "AS", "IN", "KA", "Bengaluru", 5.5),
  place(3, "AS", "IN", "MH", "Mumbai", 5.5),
  place(4, "AS", "JP", "13", "Tokyo", 9),
  place(2, "AS", "SG", "Unknown", "Singapore", 8),
  place(1, "AS", "NP", "P3", "Kathmandu", 5.75),
  place(4, "SA", "BR", "SP", "São Paulo", -3),
  place(1, "SA", "AR", "C", "Buenos Aires", -3),
  place(3, "OC", "AU", "NSW", "Sydney", 11),
  place(1, "OC", "NZ", "AUK", "Auckland", 13),
  place(2, "AF", "NG", "LA", "Lagos", 1),
  place(2, "AF", "ZA", "GP", "Johannesburg", 2),
  place(2, "", "Unknown", "Unknown", "Unknown", 0),
];
